namespace WecomBridge.Wecom.Api;

/// <summary>The token of one app: fetched by one caller at a time, shared through a store, renewed at 80 % of its life.</summary>
/// <remarks>
/// A failed token is named by its generation, so that any number of parallel failures makes one renewal. A secret that the platform refuses is not tried again
/// before a back-off of 5 minutes, doubling up to an hour, has passed: repeated wrong secrets get the caller's address banned.
/// </remarks>
public sealed class AccessTokenSource(WecomApp app, WecomTransport transport, IAccessTokenStore store, TimeProvider time)
{
    private const double UsedShareOfLife = 0.8;
    private const long DefaultLifeSeconds = 7200;
    private const int MaxForcedInWindow = 5;

    private static readonly TimeSpan ForcedWindow = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromHours(1);
    private static readonly TimeSpan ThrottleBackOff = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Held? _held;
    private Task<AccessToken>? _renewal;
    private WecomException? _refusal;
    private DateTimeOffset _refusedUntil;
    private int _refusals;
    private DateTimeOffset _forcedWindowStart;
    private int _forcedInWindow;

    private sealed record Held(AccessToken Token, DateTimeOffset RenewAt);

    /// <summary>A token that should be good.</summary>
    /// <exception cref="WecomException">None could be had; <see cref="WecomFailure.Denied"/> when the secret is refused.</exception>
    public async ValueTask<AccessToken> GetAsync(CancellationToken ct)
    {
        Task<AccessToken> renewal;
        Held? held;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            held = _held;
            if (held is not null && now < held.RenewAt) return held.Token;
            var stillGood = held is not null && now < held.Token.ExpiresAt;
            // Early renewal is one caller's burden; the others go on with what is still good.
            if (stillGood && (_renewal is not null || now < _refusedUntil)) return held!.Token;
            if (!stillGood) held = null;
            renewal = StartRenewal(failedGeneration: 0);
        }

        try
        {
            return await renewal.WaitAsync(ct).ConfigureAwait(false);
        }
        catch (WecomException) when (held is not null)
        {
            return held.Token;
        }
    }

    /// <summary>A token newer than one the platform refused; renews at most once for each generation.</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Denied"/> also when fresh tokens keep being refused.</exception>
    public async Task<AccessToken> ReplaceAsync(AccessToken failed, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(failed);
        Task<AccessToken> renewal;
        lock (_lock)
        {
            if (_held is { } held && held.Token.Generation > failed.Generation) return held.Token;
            if (_renewal is null) CountForced();
            renewal = StartRenewal(failed.Generation);
        }

        return await renewal.WaitAsync(ct).ConfigureAwait(false);
    }

    /// <summary>A token that fails as soon as it is fetched is no matter of age: fetching on and on would only get the corp throttled.</summary>
    private void CountForced()
    {
        var now = time.GetUtcNow();
        if (now - _forcedWindowStart >= ForcedWindow) (_forcedWindowStart, _forcedInWindow) = (now, 0);
        if (++_forcedInWindow <= MaxForcedInWindow) return;
        throw new WecomException(WecomFailure.Denied, WecomPaths.GetToken, WecomErrorCodes.InvalidAccessToken, "Fresh access tokens keep being refused; no further one is fetched for a minute.");
    }

    private Task<AccessToken> StartRenewal(long failedGeneration)
    {
        if (_renewal is { } running) return running;
        if (_refusal is not null && time.GetUtcNow() < _refusedUntil) throw Copy(_refusal);
        // Shared by all who wait, so no single caller's cancellation may end it; the transport's time-out bounds it.
        _renewal = RenewAsync(failedGeneration);
        return _renewal;
    }

    private async Task<AccessToken> RenewAsync(long failedGeneration)
    {
        // Leave the lock of the caller before any work begins.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            var token = await FindOrFetchAsync(failedGeneration).ConfigureAwait(false);
            lock (_lock)
            {
                var now = time.GetUtcNow();
                _held = new Held(token, now + ((token.ExpiresAt - now) * UsedShareOfLife));
                (_refusal, _refusals, _refusedUntil) = (null, 0, default);
            }

            return token;
        }
        catch (WecomException refusal) when (refusal.Failure is WecomFailure.Denied or WecomFailure.Throttled)
        {
            lock (_lock)
            {
                var first = refusal.Failure == WecomFailure.Denied ? FirstBackOff : ThrottleBackOff;
                var wait = TimeSpan.FromTicks(Math.Min(LongestBackOff.Ticks, first.Ticks << Math.Min(_refusals, 10)));
                (_refusal, _refusals, _refusedUntil) = (refusal, _refusals + 1, time.GetUtcNow() + wait);
            }

            throw;
        }
        finally
        {
            lock (_lock) _renewal = null;
        }
    }

    private async Task<AccessToken> FindOrFetchAsync(long failedGeneration)
    {
        var stored = await store.GetAsync(app.Corp, app.App, CancellationToken.None).ConfigureAwait(false);
        var known = Math.Max(failedGeneration, _held?.Token.Generation ?? 0);
        if (stored is not null && stored.Generation > known && stored.ExpiresAt > time.GetUtcNow()) return stored;

        var generation = stored?.Generation ?? 0;
        var (value, life) = await FetchAsync().ConfigureAwait(false);
        var fresh = new AccessToken(value, time.GetUtcNow() + life, Math.Max(generation, known) + 1);
        if (await store.TryReplaceAsync(app.Corp, app.App, generation, fresh, CancellationToken.None).ConfigureAwait(false)) return fresh;

        // Another instance was faster; theirs is the one everybody else uses.
        var theirs = await store.GetAsync(app.Corp, app.App, CancellationToken.None).ConfigureAwait(false);
        return theirs is not null && theirs.ExpiresAt > time.GetUtcNow() ? theirs : fresh;
    }

    private async Task<(string Value, TimeSpan Life)> FetchAsync()
    {
        var call = new WecomCall(HttpMethod.Get, WecomPaths.GetToken, [new("corpid", app.CorpId), new("corpsecret", app.Secret)], Body: null, Secrets: [app.Secret]);
        var answer = await transport.SendAsync<GetTokenResponse>(call, CancellationToken.None).ConfigureAwait(false);
        if (!answer.IsSuccessful()) throw WecomTransport.Refused(call, answer);
        if (string.IsNullOrEmpty(answer.AccessToken))
            throw new WecomException(WecomFailure.Transient, call.Api, errorCode: null, $"{call.Api} was answered without a token.");

        return (answer.AccessToken, TimeSpan.FromSeconds(answer.ExpiresIn is > 0 and var life ? life : DefaultLifeSeconds));
    }

    /// <summary>A remembered refusal is thrown to many callers; one exception object cannot serve them all.</summary>
    private static WecomException Copy(WecomException refusal) =>
        new(refusal.Failure, refusal.Api, refusal.ErrorCode, refusal.Message) { PlatformText = refusal.PlatformText };
}
