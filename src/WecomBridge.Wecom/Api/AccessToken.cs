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

/// <summary>The platform's no to a request for a token; nobody asks again before its time is over.</summary>
/// <param name="Fingerprint">Of the secret that was refused; a changed secret is not bound by it.</param>
/// <param name="ErrorCode">The platform's <c>errcode</c>.</param>
/// <param name="Count">Refusals in a row, from 1.</param>
/// <param name="Until">When one instance may ask again.</param>
public sealed record AccessTokenRefusal(string Fingerprint, int ErrorCode, int Count, DateTimeOffset Until);

/// <summary>What the instances of a service share about one app's token.</summary>
/// <param name="Token">The token last stored, expired or not; null when there never was one.</param>
/// <param name="Fingerprint">Of the secret the token was given for; null without a token.</param>
/// <param name="LeasedUntil">Until when somebody may be fetching the next one; null when nobody is.</param>
/// <param name="Refusal">The last refusal, over or not; null when a token came since.</param>
public sealed record AccessTokenEntry(AccessToken? Token, string? Fingerprint, DateTimeOffset? LeasedUntil, AccessTokenRefusal? Refusal)
{
    /// <summary>Nothing is known of the app.</summary>
    public static AccessTokenEntry None { get; } = new(null, null, null, null);
}
