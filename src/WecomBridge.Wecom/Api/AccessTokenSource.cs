namespace WecomBridge.Wecom.Api;

/// <summary>The token of one app in this process: renewed by one caller at a time, from 80 % of its life on, and shared with other instances through a store.</summary>
/// <remarks>
/// A failed token is named by its generation, so that any number of parallel failures, in any number of instances, makes one fetch.
/// A secret that the platform refuses is asked for again only after a back-off that all instances share.
/// </remarks>
public sealed class AccessTokenSource
{
    private const double UsedShareOfLife = 0.8;

    /// <summary>Instances look for a new token at different moments of this part of its life.</summary>
    private const double SpreadShareOfLife = 0.05;
    private const int MaxForcedInWindow = 5;

    /// <summary>A token that had worked may be revoked at any time, so more renewals are in order; without end they would get the corp throttled all the same.</summary>
    private const int MaxForcedOfWorkingInWindow = 20;

    private static readonly TimeSpan ForcedWindow = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LeastUse = TimeSpan.FromMinutes(1);

    /// <summary>Longest the one caller of an early renewal waits for it.</summary>
    private static readonly TimeSpan EarlyPatience = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly AccessTokenRenewal _shared;
    private readonly TimeProvider _time;
    private Held? _held;
    private Task<AccessToken>? _renewal;
    private WecomException? _failure;
    private DateTimeOffset _nextTry;
    private int _failures;
    private DateTimeOffset _forcedWindowStart;
    private int _forcedInWindow;
    private long _workedGeneration;

    /// <summary>The source of one app's tokens.</summary>
    /// <param name="app">Whose.</param>
    /// <param name="transport">Makes the fetches.</param>
    /// <param name="store">Where instances share tokens.</param>
    /// <param name="time">Clock of lives and back-offs.</param>
    public AccessTokenSource(WecomApp app, WecomTransport transport, IAccessTokenStore store, TimeProvider time)
    {
        _time = time;
        _shared = new AccessTokenRenewal(app, transport, store, time);
    }

    /// <param name="Token">The last that is known.</param>
    /// <param name="RenewAt">When to look for the next.</param>
    /// <param name="IsRefused">The platform takes it no more: it is kept for its generation only.</param>
    private sealed record Held(AccessToken Token, DateTimeOffset RenewAt, bool IsRefused = false)
    {
        public bool IsGood(DateTimeOffset now) => !IsRefused && now < Token.ExpiresAt;
    }

    /// <summary>Why no token can be had at present, by the platform's own word; null when there is no such refusal.</summary>
    public WecomException? Refusal
    {
        get
        {
            lock (_lock) return _failure is { Failure: not WecomFailure.Transient } failure ? failure : null;
        }
    }

    /// <summary>A token that should be good.</summary>
    /// <exception cref="WecomException">None could be had: <see cref="WecomFailure.Denied"/> when the secret is refused, <see cref="WecomFailure.Transient"/> when platform or store are away.</exception>
    public async ValueTask<AccessToken> GetAsync(CancellationToken ct)
    {
        Task<AccessToken> renewal;
        Held? held;
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            held = _held;
            var stillGood = held?.IsGood(now) == true;
            if (stillGood && now < held!.RenewAt) return held.Token;
            // Early renewal is one caller's burden; the others go on with what is still good.
            if (stillGood && (_renewal is not null || IsPaused(now))) return held!.Token;
            renewal = StartRenewal(held?.Token);
            if (!stillGood) held = null;
        }

        if (held is null) return await renewal.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            return await renewal.WaitAsync(EarlyPatience, _time, ct).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WecomException or TimeoutException)
        {
            return held.Token;
        }
    }

    /// <summary>A token other than one the platform refused; each generation is replaced at most once.</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Denied"/> also when fresh tokens keep being refused.</exception>
    public async Task<AccessToken> ReplaceAsync(AccessToken failed, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(failed);
        while (true)
        {
            Task<AccessToken> renewal;
            lock (_lock)
            {
                if (_held is not { } held || !IsOther(held.Token, failed)) _held = new Held(failed, default, IsRefused: true);
                else if (!held.IsRefused) return held.Token;
                renewal = StartRenewal(_held!.Token);
            }

            var token = await renewal.WaitAsync(ct).ConfigureAwait(false);
            // A renewal that had begun without knowing of the failure may have found the very token that failed; the next one knows.
            if (IsOther(token, failed)) return token;
        }
    }

    // Within its life the platform may give the same value again: a later generation is an answer all the same.
    private static bool IsOther(AccessToken token, AccessToken failed) => token.Generation > failed.Generation || (token.Generation == failed.Generation && token.Value != failed.Value);

    /// <summary>The platform has taken a token: if it refuses it later, the token has ended, and fresh ones are not at fault.</summary>
    public void Worked(AccessToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        // A race with another generation's word costs nothing: the next call says it again.
        if (token.Generation > Volatile.Read(ref _workedGeneration)) Volatile.Write(ref _workedGeneration, token.Generation);
    }

    private bool HasWorked(AccessToken token) => token.Generation <= Volatile.Read(ref _workedGeneration);

    /// <summary>A token that fails as soon as it is fetched is no matter of age: fetching on and on would only get the corp throttled.</summary>
    private void CountForced(DateTimeOffset now)
    {
        if (IsWindowOver(now)) (_forcedWindowStart, _forcedInWindow) = (now, 0);
        _forcedInWindow++;
    }

    private bool IsWindowOver(DateTimeOffset now) => (now - _forcedWindowStart).Duration() >= ForcedWindow;

    private Task<AccessToken> StartRenewal(AccessToken? known)
    {
        if (_renewal is { } running) return running;
        var now = _time.GetUtcNow();
        if (_failure is not null && IsPaused(now)) throw Copy(_failure, _nextTry - now);
        if (_held is { IsRefused: true } refused && _forcedInWindow >= (HasWorked(refused.Token) ? MaxForcedOfWorkingInWindow : MaxForcedInWindow) && !IsWindowOver(now))
        {
            throw new WecomException(WecomFailure.Denied, WecomPaths.GetToken, WecomErrorCodes.InvalidAccessToken, "Fresh access tokens keep being refused; no further one is fetched for a minute.")
            {
                RetryAfter = ForcedWindow - (now - _forcedWindowStart).Duration(),
            };
        }

        // Shared by all who wait, so no single caller's cancellation may end it; the fetch and the lease it may wait for are bounded.
        _renewal = RenewAsync(known);
        return _renewal;
    }

    // A pause longer than any is one that a clock set back has made.
    private bool IsPaused(DateTimeOffset now) => now < _nextTry && _nextTry <= now + LongestPause;

    private async Task<AccessToken> RenewAsync(AccessToken? known)
    {
        // Leave the lock of the caller before any work begins.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            var token = await _shared.RenewAsync(known).ConfigureAwait(false);
            lock (_lock)
            {
                var now = _time.GetUtcNow();
                if (_held is { IsRefused: true }) CountForced(now);
                // One that the platform refused while it was on its way is no news.
                if (_held is not { IsRefused: true } refused || IsOther(token, refused.Token)) _held = new Held(token, RenewAt(token, now));
                (_failure, _failures, _nextTry) = (null, 0, default);
            }

            return token;
        }
        catch (WecomException failure)
        {
            lock (_lock) (_failure, _nextTry) = (failure, _time.GetUtcNow() + Pause(failure, _failures++));
            throw;
        }
        finally
        {
            lock (_lock) _renewal = null;
        }
    }

    /// <summary>Never within a minute: where the platform gives the old token again, its life is nearly over each time.</summary>
    private static DateTimeOffset RenewAt(AccessToken token, DateTimeOffset now)
    {
        var life = token.ExpiresAt - now;
        var share = life * (UsedShareOfLife + (SpreadShareOfLife * Random.Shared.NextDouble()));
        return now + (share > LeastUse ? share : life < LeastUse ? life : LeastUse);
    }

    /// <summary>A platform or store that is away is not asked by every call; a refusal's own back-off is the store's, which is looked at every second for what others have got.</summary>
    private static TimeSpan Pause(WecomException failure, int earlier)
    {
        if (failure.Failure != WecomFailure.Transient) return LookEvery;
        var pause = FirstPause * Math.Pow(2, Math.Min(earlier, 10));
        return pause < LongestPause ? pause : LongestPause;
    }

    /// <summary>A remembered failure is thrown to many callers; one exception object cannot serve them all.</summary>
    private static WecomException Copy(WecomException failure, TimeSpan pause) =>
        new(failure.Failure, failure.Api, failure.ErrorCode, failure.Message) { PlatformText = failure.PlatformText, RetryAfter = failure.RetryAfter ?? pause };
}
