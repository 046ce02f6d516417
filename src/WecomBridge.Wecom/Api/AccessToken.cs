namespace WecomBridge.Wecom.Api;

/// <summary>A token of one app.</summary>
/// <param name="Value">The token itself, at most 512 bytes; never shown by <see cref="ToString"/>.</param>
/// <param name="ExpiresAt">When the platform stops taking it, at the latest.</param>
/// <param name="Generation">Counts the tokens of one app upward from 1; a caller names a failed token by it.</param>
public sealed record AccessToken(string Value, DateTimeOffset ExpiresAt, long Generation)
{
    /// <summary>Generation and expiry only.</summary>
    public override string ToString() => $"generation {Generation}, expires {ExpiresAt:O}";
}

/// <summary>Where the instances of a service share their tokens.</summary>
public interface IAccessTokenStore
{
    /// <summary>The token last stored for an app, expired or not; null when there never was one.</summary>
    Task<AccessToken?> GetAsync(string corp, string app, CancellationToken ct);

    /// <summary>Stores a token if the one in the store is still of the expected generation (0: none yet); false when another caller was faster.</summary>
    Task<bool> TryReplaceAsync(string corp, string app, long expectedGeneration, AccessToken token, CancellationToken ct);
}

/// <summary>Tokens of one process, forgotten when it ends.</summary>
public sealed class InMemoryAccessTokenStore : IAccessTokenStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Corp, string App), AccessToken> _tokens = [];

    /// <inheritdoc />
    public Task<AccessToken?> GetAsync(string corp, string app, CancellationToken ct)
    {
        lock (_lock) return Task.FromResult(_tokens.GetValueOrDefault((corp, app)));
    }

    /// <inheritdoc />
    public Task<bool> TryReplaceAsync(string corp, string app, long expectedGeneration, AccessToken token, CancellationToken ct)
    {
        lock (_lock)
        {
            var present = _tokens.GetValueOrDefault((corp, app))?.Generation ?? 0;
            if (present != expectedGeneration) return Task.FromResult(false);
            _tokens[(corp, app)] = token;
            return Task.FromResult(true);
        }
    }
}
