namespace WecomBridge.Wecom.Api;

/// <summary>Where the instances of a service share their tokens, the right to fetch the next one, and what was refused.</summary>
/// <remarks>Any exception a store throws means that it is away: tokens in memory go on, and none is fetched without it.</remarks>
public interface IAccessTokenStore
{
    /// <summary>What is known of an app; <see cref="AccessTokenEntry.None"/> when nothing is.</summary>
    Task<AccessTokenEntry> GetAsync(string corp, string app, CancellationToken ct);

    /// <summary>Takes the right to fetch, unless somebody else has it.</summary>
    /// <param name="corp">Configured name of the corp.</param>
    /// <param name="app">Configured name of the app.</param>
    /// <param name="owner">Names the taker; a taker that has it gets it again.</param>
    /// <param name="now">Present time. A lease that ends before it is over. One that ends more than its length after <paramref name="until"/> was taken by a wrong clock and binds nobody either; a little later may be a neighbour's who was faster.</param>
    /// <param name="until">When the right ends by itself.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>What is known of the app at this moment; null when another has the right.</returns>
    Task<AccessTokenEntry?> TryLeaseAsync(string corp, string app, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken ct);

    /// <summary>Stores a token if the one in the store is still of the expected generation (0: none yet), and ends lease and refusal; false when another caller was faster.</summary>
    Task<bool> TryReplaceAsync(string corp, string app, long expectedGeneration, AccessToken token, string fingerprint, CancellationToken ct);

    /// <summary>Ends the owner's lease without a token, and notes the refusal if there was one. Does nothing when the lease is another's by now.</summary>
    Task ReleaseAsync(string corp, string app, string owner, AccessTokenRefusal? refusal, CancellationToken ct);
}

/// <summary>Tokens of one process, forgotten when it ends.</summary>
public sealed class InMemoryAccessTokenStore : IAccessTokenStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Corp, string App), (AccessTokenEntry Entry, string? Owner)> _apps = [];

    /// <inheritdoc />
    public Task<AccessTokenEntry> GetAsync(string corp, string app, CancellationToken ct)
    {
        lock (_lock) return Task.FromResult(Find(corp, app).Entry);
    }

    /// <inheritdoc />
    public Task<AccessTokenEntry?> TryLeaseAsync(string corp, string app, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken ct)
    {
        lock (_lock)
        {
            var (entry, holder) = Find(corp, app);
            if (entry.LeasedUntil > now && entry.LeasedUntil <= until + (until - now) && holder != owner) return Task.FromResult<AccessTokenEntry?>(null);
            entry = entry with { LeasedUntil = until };
            _apps[(corp, app)] = (entry, owner);
            return Task.FromResult<AccessTokenEntry?>(entry);
        }
    }

    /// <inheritdoc />
    public Task<bool> TryReplaceAsync(string corp, string app, long expectedGeneration, AccessToken token, string fingerprint, CancellationToken ct)
    {
        lock (_lock)
        {
            if ((Find(corp, app).Entry.Token?.Generation ?? 0) != expectedGeneration) return Task.FromResult(false);
            _apps[(corp, app)] = (new AccessTokenEntry(token, fingerprint, LeasedUntil: null, Refusal: null), null);
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc />
    public Task ReleaseAsync(string corp, string app, string owner, AccessTokenRefusal? refusal, CancellationToken ct)
    {
        lock (_lock)
        {
            var (entry, holder) = Find(corp, app);
            if (holder == owner) _apps[(corp, app)] = (entry with { LeasedUntil = null, Refusal = refusal ?? entry.Refusal }, null);
        }

        return Task.CompletedTask;
    }

    private (AccessTokenEntry Entry, string? Owner) Find(string corp, string app) => _apps.TryGetValue((corp, app), out var found) ? found : (AccessTokenEntry.None, null);
}
