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
                var complete = await DrainAsync(lane, stoppingToken);
                pause = complete ? FirstPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
                if (complete) await spool.WaitAsync(lane, Idle, stoppingToken);
                else await Task.Delay(pause, time, stoppingToken);
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

    /// <summary>Relays until the lane is empty; what has arrived is deleted while the next messages are under way.</summary>
    /// <returns>False when something did not arrive and must be tried again after a pause.</returns>
    private async Task<bool> DrainAsync(MessageLane lane, CancellationToken stoppingToken)
    {
        var deleting = Task.CompletedTask;
        for (var after = -1L; spool.Read(lane, after, target.BatchSize) is { Count: > 0 } waiting; after = waiting[^1].Sequence)
        {
            await target.ReadyAsync(stoppingToken);
            var arrived = await target.DeliverAsync(waiting, stoppingToken);
            crash.At(CrashPoint.AfterRelayConfirm);
            await deleting;
            deleting = spool.DeleteAsync(arrived);
            if (arrived.Count > 0) logger.Relayed(arrived.Count, lane);
            if (arrived.Count == waiting.Count) continue;
            await deleting;
            return false;
        }

        await deleting;
        target.SpoolEmpty();
        return true;
    }
}
