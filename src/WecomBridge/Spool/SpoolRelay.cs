using System.Collections.Concurrent;
using WecomBridge.Broker;

namespace WecomBridge.Spool;

/// <summary>Takes spooled messages on, each lane in its order, and deletes what has arrived.</summary>
internal sealed class SpoolRelay(SpoolStore spool, ISpoolTarget target, CrashPoints crash, TimeProvider time, ILogger<SpoolRelay> logger) : BackgroundService
{
    private const int MaxGreetings = 512;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>While both broker and State are away greetings gather; each is tried seldom enough that thousands of them do not keep the service busy.</summary>
    private static readonly TimeSpan LongestGreetingPause = TimeSpan.FromSeconds(4);

    /// <summary>Greetings that are being worked, by sequence.</summary>
    private readonly ConcurrentDictionary<long, Task> _greetings = new();

    private long _begun = -1;
    private long _allSeenAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.WhenAll(
            RunLaneAsync(MessageLane.Welcome, target.WorksGreetings ? WorkGreetingsAsync : DrainAsync, stoppingToken),
            RunLaneAsync(MessageLane.Event, DrainAsync, stoppingToken));
        await Task.WhenAll(_greetings.Values);
    }

    private async Task RunLaneAsync(MessageLane lane, Func<MessageLane, CancellationToken, Task<bool>> relay, CancellationToken stoppingToken)
    {
        var pause = FirstPause;
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var stored = spool.NextStored(lane);
                var complete = await relay(lane, stoppingToken);
                pause = complete ? FirstPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
                if (complete) await stored.WaitAsync(Idle, time, stoppingToken);
                else await Task.Delay(pause, time, stoppingToken);
            }
            catch (TimeoutException)
            {
                // Nothing came; it looks again.
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
        // Before the first read: a publish that fails while it settles is spooled at its old place, in front of what was read later.
        if (spool.Count(lane) > 0) await target.ReadyAsync(stoppingToken);
        var deleting = Task.CompletedTask;
        for (var after = -1L; spool.Read(lane, after, target.BatchSize) is { Count: > 0 } waiting; after = waiting[^1].Sequence)
        {
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

    /// <summary>Begins every greeting that waits; one that stays until its deadline holds up no other.</summary>
    private Task<bool> WorkGreetingsAsync(MessageLane lane, CancellationToken stoppingToken)
    {
        // New ones stand behind those that were begun. One whose publish failed is spooled at its earlier place: it is found by looking at all now and then.
        if (time.GetElapsedTime(_allSeenAt) >= Idle) (_allSeenAt, _begun) = (time.GetTimestamp(), -1);
        while (spool.Read(lane, _begun, MaxGreetings) is { Count: > 0 } waiting)
        {
            foreach (var greeting in waiting)
            {
                if (!_greetings.ContainsKey(greeting.Sequence)) _greetings[greeting.Sequence] = WorkGreetingAsync(greeting, stoppingToken);
            }

            _begun = waiting[^1].Sequence;
        }

        foreach (var (sequence, work) in _greetings)
        {
            if (work.IsCompleted) _greetings.TryRemove(sequence, out _);
        }

        return Task.FromResult(true);
    }

    private async Task WorkGreetingAsync(SpooledMessage greeting, CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            for (var pause = FirstPause; !await TryWorkGreetingAsync(greeting, stoppingToken); pause = pause * 2 < LongestGreetingPause ? pause * 2 : LongestGreetingPause)
                await Task.Delay(pause, time, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping; the command stays in the spool.
        }
    }

    private async Task<bool> TryWorkGreetingAsync(SpooledMessage greeting, CancellationToken stoppingToken)
    {
        try
        {
            var arrived = await target.DeliverAsync([greeting], stoppingToken);
            if (arrived.Count == 0) return false;
            crash.At(CrashPoint.AfterRelayConfirm);
            await spool.DeleteAsync(arrived);
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            // It stays in the spool and is tried again; the ledger keeps it single.
            logger.RelayFailed(MessageLane.Welcome, failure);
            return false;
        }
    }
}
