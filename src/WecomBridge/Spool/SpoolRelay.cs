using WecomBridge.Broker;

namespace WecomBridge.Spool;

/// <summary>Takes spooled messages on, each lane in its order, and deletes what has arrived.</summary>
internal sealed class SpoolRelay(SpoolStore spool, ISpoolTarget target, CrashPoints crash, TimeProvider time, ILogger<SpoolRelay> logger) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(RelayLaneAsync(MessageLane.Welcome, stoppingToken), RelayLaneAsync(MessageLane.Event, stoppingToken));

    private async Task RelayLaneAsync(MessageLane lane, CancellationToken stoppingToken)
    {
        var pause = FirstPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var waiting = spool.Read(lane, after: -1, target.BatchSize);
                if (waiting.Count == 0)
                {
                    target.SpoolEmpty();
                    await spool.WaitAsync(lane, Idle, stoppingToken);
                    continue;
                }

                var progress = await RelayAsync(lane, waiting, stoppingToken);
                pause = progress ? FirstPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
                if (!progress) await Task.Delay(pause, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // The relay is the only road out of the spool: whatever went wrong, it goes on after a pause.
                logger.RelayFailed(lane, failure);
                await Task.Delay(LongestPause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<bool> RelayAsync(MessageLane lane, IReadOnlyList<SpooledMessage> waiting, CancellationToken stoppingToken)
    {
        await target.ReadyAsync(stoppingToken);
        var arrived = await target.DeliverAsync(waiting, stoppingToken);
        crash.At(CrashPoint.AfterRelayConfirm);
        await spool.DeleteAsync(arrived);
        if (arrived.Count > 0) logger.Relayed(arrived.Count, lane);
        return arrived.Count == waiting.Count;
    }
}
