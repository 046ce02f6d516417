using WecomBridge.Wecom.Api;

namespace WecomBridge.State;

/// <summary>Access tokens shared by all instances. A row without a token has generation 0.</summary>
internal static class TokenStore
{
    private const string Row = "corp = @corp AND app = @app";

    /// <summary>What is known of an app.</summary>
    public static async Task<AccessTokenEntry> FindAsync(StateSession session, string corp, string app)
    {
        var row = await session.FindAsync<TokenRow>(
            $"SELECT value, expires_at, generation, secret_hash, lease_until, refused_hash, refused_code, refused_count, refused_until FROM access_tokens WHERE {Row}",
            new { corp, app });
        return row?.ToEntry() ?? AccessTokenEntry.None;
    }

    /// <summary>Takes the right to fetch; null when another has it.</summary>
    public static async Task<AccessTokenEntry?> TryLeaseAsync(StateSession session, string corp, string app, string owner, DateTimeOffset now, DateTimeOffset until)
    {
        var taken = await session.ExecuteAsync(
            """
            INSERT INTO access_tokens (corp, app, value, expires_at, generation, lease_owner, lease_until) VALUES (@corp, @app, '', 0, 0, @owner, @Until)
            ON CONFLICT (corp, app) DO UPDATE SET lease_owner = excluded.lease_owner, lease_until = excluded.lease_until
            WHERE access_tokens.lease_until IS NULL OR access_tokens.lease_until <= @Now OR access_tokens.lease_until > @WrongFrom OR access_tokens.lease_owner = @owner
            """,
            new { corp, app, owner, Now = now.ToDb(), Until = until.ToDb(), WrongFrom = (until + (until - now)).ToDb() });
        return taken == 1 ? await FindAsync(session, corp, app) : null;
    }

    /// <summary>Stores a token if the stored one is of the expected generation (0: there is none); false when another caller was faster.</summary>
    public static async Task<bool> TryReplaceAsync(StateSession session, string corp, string app, long expectedGeneration, AccessToken token, string fingerprint) =>
        await session.ExecuteAsync(
            expectedGeneration == 0
                ? """
                  INSERT INTO access_tokens (corp, app, value, expires_at, generation, secret_hash) VALUES (@corp, @app, @Value, @ExpiresAt, @Generation, @fingerprint)
                  ON CONFLICT (corp, app) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at, generation = excluded.generation, secret_hash = excluded.secret_hash,
                      lease_owner = NULL, lease_until = NULL, refused_hash = NULL, refused_code = NULL, refused_count = NULL, refused_until = NULL
                  WHERE access_tokens.generation = 0
                  """
                : $"""
                  UPDATE access_tokens SET value = @Value, expires_at = @ExpiresAt, generation = @Generation, secret_hash = @fingerprint,
                      lease_owner = NULL, lease_until = NULL, refused_hash = NULL, refused_code = NULL, refused_count = NULL, refused_until = NULL
                  WHERE {Row} AND generation = @expectedGeneration
                  """,
            new { corp, app, token.Value, ExpiresAt = token.ExpiresAt.ToDb(), token.Generation, fingerprint, expectedGeneration }) == 1;

    /// <summary>Ends a lease without a token, and notes a refusal if there was one.</summary>
    public static async Task ReleaseAsync(StateSession session, string corp, string app, string owner, AccessTokenRefusal? refusal)
    {
        if (refusal is not null)
        {
            await session.ExecuteAsync(
                $"UPDATE access_tokens SET refused_hash = @Fingerprint, refused_code = @ErrorCode, refused_count = @Count, refused_until = @Until WHERE {Row} AND lease_owner = @owner",
                new { corp, app, owner, refusal.Fingerprint, refusal.ErrorCode, refusal.Count, Until = refusal.Until.ToDb() });
        }

        await session.ExecuteAsync($"UPDATE access_tokens SET lease_owner = NULL, lease_until = NULL WHERE {Row} AND lease_owner = @owner", new { corp, app, owner });
    }

    private sealed class TokenRow
    {
        public string Value { get; set; } = "";

        public long ExpiresAt { get; set; }

        public long Generation { get; set; }

        public string? SecretHash { get; set; }

        public long? LeaseUntil { get; set; }

        public string? RefusedHash { get; set; }

        public long? RefusedCode { get; set; }

        public long? RefusedCount { get; set; }

        public long? RefusedUntil { get; set; }

        public AccessTokenEntry ToEntry() => new(
            Generation == 0 ? null : new AccessToken(Value, ExpiresAt.ToTime(), Generation),
            SecretHash,
            LeaseUntil.ToTime(),
            RefusedHash is null ? null : new AccessTokenRefusal(RefusedHash, (int)RefusedCode!.Value, (int)RefusedCount!.Value, RefusedUntil!.Value.ToTime()));
    }
}

/// <inheritdoc cref="TokenStore" />
internal sealed class StateAccessTokenStore(IStateDatabase database) : IAccessTokenStore
{
    /// <inheritdoc />
    public Task<AccessTokenEntry> GetAsync(string corp, string app, CancellationToken ct) =>
        database.ReadAsync(session => TokenStore.FindAsync(session, corp, app), ct);

    /// <inheritdoc />
    public Task<AccessTokenEntry?> TryLeaseAsync(string corp, string app, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken ct) =>
        database.WriteAsync(session => TokenStore.TryLeaseAsync(session, corp, app, owner, now, until), ct);

    /// <inheritdoc />
    public Task<bool> TryReplaceAsync(string corp, string app, long expectedGeneration, AccessToken token, string fingerprint, CancellationToken ct) =>
        database.WriteAsync(session => TokenStore.TryReplaceAsync(session, corp, app, expectedGeneration, token, fingerprint), ct);

    /// <inheritdoc />
    public Task ReleaseAsync(string corp, string app, string owner, AccessTokenRefusal? refusal, CancellationToken ct) =>
        database.WriteAsync(session => TokenStore.ReleaseAsync(session, corp, app, owner, refusal), ct);
}
