using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using WecomBridge.Simulator.Faults;
using WecomBridge.Simulator.Ledger;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Callbacks;

/// <summary>Delivers callbacks as WeCom does: all apps in parallel, a time-out, three retries, then forgotten.</summary>
/// <remarks>Keeps one client for its life, and waits for every delivery before it ends.</remarks>
internal sealed class CallbackSender : IAsyncDisposable
{
    private const int AnswerCharacters = 256;
    private readonly CallbackDeliveryOptions _options;
    private readonly FaultPlan _faults;
    private readonly SimulatorLedger _ledger;
    private readonly SeededIds _ids;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _wire;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopping;
    private readonly ConcurrentDictionary<Task, bool> _underWay = new();
    private readonly HttpClient _client;
    private TaskCompletionSource _nextSent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CallbackSender(SimulatorOptions options, FaultPlan faults, SimulatorLedger ledger, SeededIds ids)
    {
        _options = options.Callbacks;
        _faults = faults;
        _ledger = ledger;
        _ids = ids;
        _time = options.TimeProvider;
        _stopping = _stop.Token;
        _wire = new SemaphoreSlim(_options.MaxConcurrent);
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1) };
        _client = new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Starts the delivery of one event to every app that subscribes; <paramref name="forApp"/> adds what differs, such as the welcome code.</summary>
    public Task<IReadOnlyList<CallbackOutcome>> Send(long number, IReadOnlyList<SimulatedApp> apps, CallbackMessage message, Func<SimulatedApp, CallbackMessage> forApp)
    {
        var deliveries = apps.Where(a => a.Receives(message.Event)).Select(a => DeliveryOf(number, a, forApp(a))).ToList();
        if (deliveries.Count == 0 || _stopping.IsCancellationRequested) return Task.FromResult<IReadOnlyList<CallbackOutcome>>([]);
        return Track(Task.Run(async () => (IReadOnlyList<CallbackOutcome>)await Task.WhenAll(deliveries.Select(DeliverAsync)).ConfigureAwait(false)));
    }

    /// <summary>The request WeCom makes when an administrator saves the configuration: a GET that must give the plaintext within one second.</summary>
    public async Task<string?> VerifyAsync(SimulatedApp app, CancellationToken cancellationToken)
    {
        var echo = _ids.Digits(19);
        var encrypt = app.Crypto!.Seal(Encoding.UTF8.GetBytes(echo));
        var address = CallbackPacket.Signed(app.CallbackUrl!, app, encrypt, _time.GetUtcNow(), _ids.Digits(10), encrypt);
        using var second = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        second.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            using var answer = await _client.GetAsync(address, second.Token).ConfigureAwait(false);
            var body = await answer.Content.ReadAsStringAsync(second.Token).ConfigureAwait(false);
            if ((int)answer.StatusCode != 200) return $"answered {(int)answer.StatusCode}";
            return body == echo ? null : "answered another text than the plaintext";
        }
        catch (HttpRequestException e)
        {
            return e.HttpRequestError.ToString();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "no answer within one second";
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_underWay.Keys).ConfigureAwait(false);
        _client.Dispose();
        _wire.Dispose();
        _stop.Dispose();
    }

    private async Task<CallbackOutcome> DeliverAsync(Delivery delivery)
    {
        var fault = _faults.Take(FaultTarget.Callback, delivery.Message.Kind);
        try
        {
            switch (fault?.Kind)
            {
                case FaultKind.Drop:
                    _ledger.Add(delivery.Entry(0, failure: "dropped"));
                    return new CallbackOutcome(delivery.App.Name, Acknowledged: false, Attempts: 0);
                case FaultKind.Delay:
                    await Task.Delay(fault.Delay, _stopping).ConfigureAwait(false);
                    break;
                case FaultKind.Reorder:
                    await Task.WhenAny(Volatile.Read(ref _nextSent).Task, Task.Delay(fault.Delay > TimeSpan.Zero ? fault.Delay : TimeSpan.FromSeconds(1), _stopping)).ConfigureAwait(false);
                    break;
                case FaultKind.Duplicate:
                    var both = await Task.WhenAll(AttemptAllAsync(delivery), AttemptAllAsync(delivery with { Duplicate = true })).ConfigureAwait(false);
                    return both[0] with { Acknowledged = both[0].Acknowledged || both[1].Acknowledged, Attempts = both[0].Attempts + both[1].Attempts };
            }

            return await AttemptAllAsync(delivery).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            _ledger.Add(delivery.Entry(0, failure: "stopped"));
            return new CallbackOutcome(delivery.App.Name, Acknowledged: false, Attempts: 0);
        }
    }

    private async Task<CallbackOutcome> AttemptAllAsync(Delivery delivery)
    {
        CallbackPacket? packet = null;
        for (var attempt = 1; ; attempt++)
        {
            CallbackEntry entry;
            await _wire.WaitAsync(_stopping).ConfigureAwait(false);
            try
            {
                if (packet is null || _options.EncryptRetriesAnew)
                    packet = CallbackPacket.Seal(delivery.Plaintext, _options.Format, delivery.Message.CorpId, delivery.App, delivery.Url, _time.GetUtcNow(), _ids.Digits(10));
                entry = await AttemptAsync(delivery, packet, attempt).ConfigureAwait(false);
            }
            finally
            {
                _wire.Release();
            }

            _ledger.Add(entry);
            Interlocked.Exchange(ref _nextSent, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
            var final = entry.Acknowledged || (entry.Status is not null && _options.Retry == RetryReading.ConnectionFailureOnly);
            if (final || attempt > _options.Retries) return new CallbackOutcome(delivery.App.Name, entry.Acknowledged, attempt);
            await Task.Delay(_options.RetryDelay, _stopping).ConfigureAwait(false);
        }
    }

    private async Task<CallbackEntry> AttemptAsync(Delivery delivery, CallbackPacket packet, int attempt)
    {
        var started = Stopwatch.GetTimestamp();
        using var timeOut = CancellationTokenSource.CreateLinkedTokenSource(_stopping);
        timeOut.CancelAfter(_options.TimeOut);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, packet.Address) { Content = new ByteArrayContent(packet.Body) };
            request.Content.Headers.ContentType = new(packet.ContentType);
            using var answer = await _client.SendAsync(request, timeOut.Token).ConfigureAwait(false);
            var body = await answer.Content.ReadAsStringAsync(timeOut.Token).ConfigureAwait(false);
            return delivery.Entry(attempt) with
            {
                Status = (int)answer.StatusCode,
                Answer = body[..Math.Min(body.Length, AnswerCharacters)],
                Took = Stopwatch.GetElapsedTime(started),
            };
        }
        catch (HttpRequestException)
        {
            return delivery.Entry(attempt, "connection") with { Took = Stopwatch.GetElapsedTime(started) };
        }
        catch (OperationCanceledException) when (!_stopping.IsCancellationRequested)
        {
            return delivery.Entry(attempt, "time-out") with { Took = Stopwatch.GetElapsedTime(started) };
        }
    }

    private Delivery DeliveryOf(long number, SimulatedApp app, CallbackMessage message) => new(number, app, app.CallbackUrl!, message, message.Write(_options.Format));

    private Task<T> Track<T>(Task<T> task)
    {
        _underWay[task] = true;
        _ = task.ContinueWith(t => _underWay.TryRemove(t, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return task;
    }

    private sealed record Delivery(long Number, SimulatedApp App, Uri Url, CallbackMessage Message, string Plaintext)
    {
        public bool Duplicate { get; init; }

        public CallbackEntry Entry(int attempt, string? failure = null) => new()
        {
            Event = Number,
            Kind = Message.Kind,
            CorpId = Message.CorpId,
            App = App.Name,
            UserId = Message["UserID"],
            ExternalUserId = Message["ExternalUserID"],
            ChatId = Message["ChatId"],
            Attempt = attempt,
            Duplicate = Duplicate,
            Failure = failure,
            Plaintext = Plaintext,
        };
    }
}
