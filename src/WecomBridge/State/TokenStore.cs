using WecomBridge.Wecom.Api;

namespace WecomBridge.State;

/// <summary>Access tokens shared by all instances.</summary>
internal static class TokenStore
{
    /// <summary>The token last stored, expired or not.</summary>
    public static async Task<AccessToken?> FindAsync(StateSession session, string corp, string app)
    {
        var row = await session.FindAsync<Row>("SELECT value, expires_at, generation FROM access_tokens WHERE corp = @corp AND app = @app", new { corp, app });
        return row is null ? null : new AccessToken(row.Value, row.ExpiresAt.ToTime(), row.Generation);
    }

    /// <summary>Stores a token if the stored one is of the expected generation (0: there is none); false when another caller was faster.</summary>
    public static async Task<bool> TryReplaceAsync(StateSession session, string corp, string app, long expectedGeneration, AccessToken token)
    {
        var parameters = new { corp, app, token.Value, ExpiresAt = token.ExpiresAt.ToDb(), token.Generation, expectedGeneration };
        var changed = expectedGeneration == 0
            ? await session.ExecuteAsync(
                """
                INSERT INTO access_tokens (corp, app, value, expires_at, generation) VALUES (@corp, @app, @Value, @ExpiresAt, @Generation)
                ON CONFLICT (corp, app) DO NOTHING
                """,
                parameters)
            : await session.ExecuteAsync(
                "UPDATE access_tokens SET value = @Value, expires_at = @ExpiresAt, generation = @Generation WHERE corp = @corp AND app = @app AND generation = @expectedGeneration",
                parameters);
        return changed == 1;
    }

    private sealed class Row
    {
        public string Value { get; set; } = "";

        public long ExpiresAt { get; set; }

        public long Generation { get; set; }
    }
}

/// <inheritdoc cref="TokenStore" />
internal sealed class StateAccessTokenStore(IStateDatabase database) : IAccessTokenStore
{
    /// <inheritdoc />
    public Task<AccessToken?> GetAsync(string corp, string app, CancellationToken ct) =>
        database.ReadAsync(session => TokenStore.FindAsync(session, corp, app), ct);

    /// <inheritdoc />
    public Task<bool> TryReplaceAsync(string corp, string app, long expectedGeneration, AccessToken token, CancellationToken ct) =>
        database.WriteAsync(session => TokenStore.TryReplaceAsync(session, corp, app, expectedGeneration, token), ct);
}
