namespace WecomBridge.Wecom.Api;

/// <summary>One renewal of an app's token among all instances that share a store: one fetches under a lease, the others wait for what it stores.</summary>
/// <remarks>
/// A secret the platform refuses is not tried again before a back-off of 5 minutes, doubling up to an hour, has passed, whoever would try: repeated wrong
/// secrets get the caller's address banned. The back-off is shared through the store and ends at once when the secret is changed. What concerns this instance's
/// address alone (60020, or an HTTP refusal by something on the way) binds this instance alone, for as long.
/// Without the store nothing is fetched, not even by a single instance: an earlier token may die with each new one, a service that restarts while its database
/// is away would fetch at every start, and what the calls are for needs the database as well.
/// </remarks>
internal sealed class AccessTokenRenewal(WecomApp app, WecomTransport transport, IAccessTokenStore store, TimeProvider time)
{
    private const long DefaultLifeSeconds = 7200;

    /// <summary>Longest a fetch may take, and how long a crashed instance keeps the others waiting: both well inside the 20 seconds of a greeting.</summary>
    private static readonly TimeSpan FetchWithin = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for other instances: a lease, and a little. Where the platform hangs, each would otherwise wait for all the others in turn.</summary>
    private static readonly TimeSpan WaitWithin = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromHours(1);
    private static readonly TimeSpan[] ThrottledBackOffs = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), LongestBackOff];

    private readonly string _fingerprint = app.Fingerprint;
    private readonly string _owner = Guid.NewGuid().ToString("N");

    // Another instance with another secret writes its own refusal over ours; this one stays bound by its own all the same.
    private OwnRefusal? _own;

    private sealed record OwnRefusal(WecomException No, int Count, DateTimeOffset Until);

    /// <summary>A token that is not the known one.</summary>
    /// <param name="known">What this instance has, and what the platform refused or will soon; null when it has none.</param>
    /// <exception cref="WecomException">None could be had; <see cref="WecomFailure.Denied"/> or <see cref="WecomFailure.Throttled"/> with <see cref="WecomException.RetryAfter"/> when the platform said no, otherwise <see cref="WecomFailure.Transient"/>.</exception>
    public async Task<AccessToken> RenewAsync(AccessToken? known)
    {
        var started = time.GetTimestamp();
        for (var poll = FirstPoll; ; poll = poll * 2 < LongestPoll ? poll * 2 : LongestPoll)
        {
            var entry = await AskStoreAsync(() => store.GetAsync(app.Corp, app.App, CancellationToken.None)).ConfigureAwait(false);
            if (IsUsable(entry, known)) return entry.Token!;
            ThrowIfRefused(entry);
            var now = time.GetUtcNow();
            var leased = await AskStoreAsync(() => store.TryLeaseAsync(app.Corp, app.App, _owner, now, now + Lease, CancellationToken.None)).ConfigureAwait(false);
            if (leased is not null) return await WorkLeaseAsync(leased, known).ConfigureAwait(false);
            if (time.GetElapsedTime(started) > WaitWithin) throw Transient("another instance is still at it");
            await Task.Delay(poll * (0.5 + Random.Shared.NextDouble()), time).ConfigureAwait(false);
        }
    }

    private async Task<AccessToken> WorkLeaseAsync(AccessTokenEntry entry, AccessToken? known)
    {
        AccessTokenRefusal? refusal = null;
        try
        {
            // Somebody may have come to an end between the look and the lease.
            if (IsUsable(entry, known)) return entry.Token!;
            ThrowIfRefused(entry);
            var (answer, no) = await FetchAsync().ConfigureAwait(false);
            if (no is not null) throw Refused(no, entry, out refusal);
            if (string.IsNullOrEmpty(answer.AccessToken)) throw Transient("the answer held none");
            _own = null;
            var life = TimeSpan.FromSeconds(answer.ExpiresIn is > 0 and var seconds ? seconds : DefaultLifeSeconds);
            var fresh = new AccessToken(answer.AccessToken, time.GetUtcNow() + life, Math.Max(entry.Token?.Generation ?? 0, known?.Generation ?? 0) + 1);
            return await StoreAsync(entry.Token?.Generation ?? 0, fresh, known).ConfigureAwait(false);
        }
        finally
        {
            // After a token was stored there is nothing left to release.
            await ReleaseAsync(refusal).ConfigureAwait(false);
        }
    }

    /// <summary>Without a token the app can do nothing, so whatever the platform's no is, it is the app that is refused.</summary>
    private WecomException Refused(WecomException no, AccessTokenEntry entry, out AccessTokenRefusal? shared)
    {
        shared = null;
        if (no.Failure == WecomFailure.Transient) return no;
        var failure = no.Failure == WecomFailure.Throttled ? WecomFailure.Throttled : WecomFailure.Denied;
        // 429 from something in front of the platform is its 45009 in other words.
        var code = no.ErrorCode ?? (failure == WecomFailure.Throttled ? WecomErrorCodes.FrequencyExceeded : null);
        var earlier = Math.Max(entry.Refusal is { } last && last.Fingerprint == _fingerprint ? last.Count : 0, _own?.Count ?? 0);
        var wait = BackOff(failure, earlier);
        _own = new OwnRefusal(new WecomException(failure, no.Api, code, no.Message) { PlatformText = no.PlatformText, RetryAfter = wait }, earlier + 1, time.GetUtcNow() + wait);
        // Where the address is refused and not the secret, an instance with another address may be taken.
        if (code is { } known && known != WecomErrorCodes.UntrustedAddress) shared = new AccessTokenRefusal(_fingerprint, known, _own.Count, _own.Until);
        return _own.No;
    }

    private async Task<AccessToken> StoreAsync(long expected, AccessToken fresh, AccessToken? known)
    {
        try
        {
            if (await store.TryReplaceAsync(app.Corp, app.App, expected, fresh, _fingerprint, CancellationToken.None).ConfigureAwait(false)) return fresh;
            // Another instance was faster; theirs is the one everybody else uses.
            var theirs = await store.GetAsync(app.Corp, app.App, CancellationToken.None).ConfigureAwait(false);
            return IsUsable(theirs, known) ? theirs.Token! : fresh;
        }
        catch (Exception)
        {
            // Whatever befell the store: the token is there and good, and only this instance knows it.
            return fresh;
        }
    }

    private async Task ReleaseAsync(AccessTokenRefusal? refusal)
    {
        try
        {
            await store.ReleaseAsync(app.Corp, app.App, _owner, refusal, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The lease ends by itself, whatever befell the store.
        }
    }

    private async Task<(GetTokenResponse Answer, WecomException? No)> FetchAsync()
    {
        var call = new WecomCall(HttpMethod.Get, WecomPaths.GetToken, [new("corpid", app.CorpId), new("corpsecret", app.Secret)], Body: null, Secrets: [app.Secret]);
        using var limit = new CancellationTokenSource(FetchWithin, time);
        try
        {
            var answer = await transport.SendAsync<GetTokenResponse>(call, limit.Token).ConfigureAwait(false);
            return (answer, answer.IsSuccessful() ? null : WecomTransport.Refused(call, answer));
        }
        catch (WecomException no)
        {
            return (new GetTokenResponse(), no);
        }
        catch (OperationCanceledException)
        {
            throw Transient("no answer came in time");
        }
    }

    private bool IsUsable(AccessTokenEntry entry, AccessToken? known) =>
        entry.Token is { } token && entry.Fingerprint == _fingerprint && token.ExpiresAt > time.GetUtcNow()
        && (known is null || token.Generation > known.Generation || (token.Generation == known.Generation && token.Value != known.Value));

    private void ThrowIfRefused(AccessTokenEntry entry)
    {
        var now = time.GetUtcNow();
        // One's own first: it knows the platform's words.
        if (_own is { } own && IsInForce(own.Until, now)) throw Still(own.No.Failure, own.No.ErrorCode, own.No.Message, own.No.PlatformText, own.Until, now);
        if (entry.Refusal is not { } refusal || refusal.Fingerprint != _fingerprint || !IsInForce(refusal.Until, now)) return;
        var info = WecomErrorCodes.Find(refusal.ErrorCode);
        var failure = info.Failure == WecomFailure.Throttled ? WecomFailure.Throttled : WecomFailure.Denied;
        throw Still(failure, refusal.ErrorCode, $"{WecomPaths.GetToken} was refused with {refusal.ErrorCode}: {info.Meaning}.", platformText: null, refusal.Until, now);
    }

    private static WecomException Still(WecomFailure failure, int? code, string message, string? platformText, DateTimeOffset until, DateTimeOffset now) =>
        new(failure, WecomPaths.GetToken, code, $"No token: {message} It is not asked again before {until:O}.") { PlatformText = platformText, RetryAfter = until - now };

    // One that ends much later than any does was written by a wrong clock; neighbours' clocks and moments differ a little.
    private static bool IsInForce(DateTimeOffset until, DateTimeOffset now) => until > now && until <= now + (2 * LongestBackOff);

    private static TimeSpan BackOff(WecomFailure failure, int earlier)
    {
        if (failure == WecomFailure.Throttled) return ThrottledBackOffs[Math.Min(earlier, ThrottledBackOffs.Length - 1)];
        var wait = FirstBackOff * Math.Pow(2, Math.Min(earlier, 10));
        return wait < LongestBackOff ? wait : LongestBackOff;
    }

    private static async Task<T> AskStoreAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Stores are many and so are their exceptions; each means the same here.
            throw Transient("the store that instances share tokens in is away", exception);
        }
    }

    private static WecomException Transient(string why, Exception? inner = null) => new(WecomFailure.Transient, WecomPaths.GetToken, errorCode: null, $"No token: {why}.", inner);
}
