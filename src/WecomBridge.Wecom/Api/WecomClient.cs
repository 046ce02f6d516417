namespace WecomBridge.Wecom.Api;

/// <summary>Calls of one app in one lane: waits for their turn, adds the token, and repeats once with a fresh one when the platform refuses the token.</summary>
public sealed class WecomClient : IWecomClient
{
    private readonly WecomTransport _transport;
    private readonly AccessTokenSource _tokens;
    private readonly WecomApp _app;
    private readonly CallLane _lane;
    private readonly CallGovernor _governor;
    private readonly IReadOnlyList<IWecomInterceptor> _interceptors;
    private readonly TimeProvider _time;

    /// <summary>How far one call has come.</summary>
    private sealed class Progress
    {
        /// <summary>An exchange has begun whose answer is not known.</summary>
        public bool IsSent { get; set; }
    }

    /// <summary>A client among others.</summary>
    /// <param name="app">Whose calls.</param>
    /// <param name="lane">How urgent they are.</param>
    /// <param name="transport">Makes the exchanges.</param>
    /// <param name="tokens">The app's tokens.</param>
    /// <param name="governor">Shared by all clients of a process.</param>
    /// <param name="interceptors">Who sees the exchanges.</param>
    /// <param name="time">Measures them.</param>
    public WecomClient(WecomApp app, CallLane lane, WecomTransport transport, AccessTokenSource tokens, CallGovernor governor, IReadOnlyList<IWecomInterceptor> interceptors, TimeProvider time)
    {
        (_app, _lane, _transport, _tokens, _governor, _interceptors, _time) = (app, lane, transport, tokens, governor, interceptors, time);
    }

    /// <inheritdoc />
    public async Task<TResponse> ExecuteAsync<TResponse>(WecomRequest<TResponse> request, CancellationToken ct)
        where TResponse : WecomResponse, new()
    {
        ArgumentNullException.ThrowIfNull(request);
        var progress = new Progress();
        try
        {
            return await CallAsync(request, progress, ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested && !progress.IsSent)
        {
            throw new WecomNotSentException(request.Api.Path, ct);
        }
    }

    private async Task<TResponse> CallAsync<TResponse>(WecomRequest<TResponse> request, Progress progress, CancellationToken ct)
        where TResponse : WecomResponse, new()
    {
        var token = await _tokens.GetAsync(ct).ConfigureAwait(false);
        var (call, answer, closedFor) = await TakeTurnAsync(token, request, attempt: 1, progress, ct).ConfigureAwait(false);
        if (WecomErrorCodes.IsTokenFailure(answer.ErrorCode))
        {
            // The first exchange has done nothing.
            progress.IsSent = false;
            token = await _tokens.ReplaceAsync(token, ct).ConfigureAwait(false);
            (call, answer, closedFor) = await TakeTurnAsync(token, request, attempt: 2, progress, ct).ConfigureAwait(false);
        }

        if (!WecomErrorCodes.IsTokenFailure(answer.ErrorCode)) _tokens.Worked(token);

        return answer.IsSuccessful() ? answer : throw WecomTransport.Refused(call, answer, closedFor);
    }

    /// <summary>First the token, then the turn, then the permit: nobody holds up the writers of a thing while a token is fetched, nor a place of the API while others write.</summary>
    private async Task<(WecomCall Call, TResponse Answer, TimeSpan? ClosedFor)> TakeTurnAsync<TResponse>(AccessToken token, WecomRequest<TResponse> request, int attempt, Progress progress, CancellationToken ct)
        where TResponse : WecomResponse, new()
    {
        if (request.WriteKey is not { } key) return await ExchangeAsync(token, request, attempt, progress, ct).ConfigureAwait(false);
        await _governor.Writes.EnterAsync(_app.Corp, key, _lane, ct).ConfigureAwait(false);
        try
        {
            return await ExchangeAsync(token, request, attempt, progress, ct).ConfigureAwait(false);
        }
        finally
        {
            _governor.Writes.Leave(_app.Corp, key);
        }
    }

    private async Task<(WecomCall Call, TResponse Answer, TimeSpan? ClosedFor)> ExchangeAsync<TResponse>(AccessToken token, WecomRequest<TResponse> request, int attempt, Progress progress, CancellationToken ct)
        where TResponse : WecomResponse, new()
    {
        var governor = _governor.Of(_app.Corp, request.Api.Path);
        var permit = await EnterAsync(governor, request.Api.Path, attempt, ct).ConfigureAwait(false);
        var exchange = new WecomExchange(_app.Corp, _app.App, request.Api.Path, _lane, attempt, permit.Waited);
        int? errorCode = null;
        WecomFailure? failure = null;
        var started = _time.GetTimestamp();
        try
        {
            foreach (var interceptor in _interceptors) interceptor.Starting(exchange);
            var (call, answer) = await SendAsync(token, request, progress, ct).ConfigureAwait(false);
            errorCode = answer.ErrorCode;
            if (!answer.IsSuccessful()) failure = WecomErrorCodes.FailureOf(answer.ErrorCode);
            var left = permit;
            permit = default;
            return (call, answer, await governor.LeaveAsync(left, errorCode).ConfigureAwait(false));
        }
        catch (WecomException exception) when (exception.Failure == WecomFailure.Throttled)
        {
            failure = exception.Failure;
            var left = permit;
            permit = default;
            // 429 from something in front of the platform is its 45009 in other words.
            var closedFor = await governor.LeaveAsync(left, WecomErrorCodes.FrequencyExceeded).ConfigureAwait(false);
            throw new WecomException(exception.Failure, exception.Api, exception.ErrorCode, exception.Message) { RetryAfter = closedFor };
        }
        catch (WecomException exception)
        {
            failure = exception.Failure;
            throw;
        }
        finally
        {
            // Without a readable answer.
            if (permit != default) await governor.LeaveAsync(permit, errorCode: null).ConfigureAwait(false);
            var outcome = new WecomOutcome(errorCode, failure, _time.GetElapsedTime(started));
            foreach (var interceptor in _interceptors) interceptor.Finished(exchange, outcome);
        }
    }

    private async ValueTask<CallPermit> EnterAsync(ApiGovernor governor, string api, int attempt, CancellationToken ct)
    {
        var asked = _time.GetTimestamp();
        try
        {
            return await governor.EnterAsync(_lane, ct).ConfigureAwait(false);
        }
        catch (WecomException)
        {
            var exchange = new WecomExchange(_app.Corp, _app.App, api, _lane, attempt, _time.GetElapsedTime(asked));
            foreach (var interceptor in _interceptors) interceptor.Withheld(exchange);
            throw;
        }
    }

    private async Task<(WecomCall Call, TResponse Answer)> SendAsync<TResponse>(AccessToken token, WecomRequest<TResponse> request, Progress progress, CancellationToken ct)
        where TResponse : WecomResponse, new()
    {
        string[] secrets = request.Secret is { } secret ? [token.Value, secret] : [token.Value];
        List<KeyValuePair<string, string>> query = [new("access_token", token.Value)];
        foreach (var (name, value) in request.Query)
        {
            if (value is not null) query.Add(new(name, value));
        }

        var call = new WecomCall(request.Api.Method, request.Api.Path, query, request.Api.Method == HttpMethod.Post ? request : null, secrets);
        ct.ThrowIfCancellationRequested();
        progress.IsSent = true;
        return (call, await _transport.SendAsync<TResponse>(call, ct).ConfigureAwait(false));
    }
}
