namespace WecomBridge.State;

/// <summary>A member and a customer of one corp. Equal whatever the case of the member's id, as on the platform.</summary>
/// <param name="Corp">Configured name of the corp.</param>
/// <param name="UserId">The member, spelled as received.</param>
/// <param name="ExternalUserId">The customer; compared ordinally.</param>
internal sealed record RelationKey(string Corp, string UserId, string ExternalUserId)
{
    /// <summary>What is compared and stored as key.</summary>
    public string UserKey => UserId.ToLowerInvariant();

    public bool Equals(RelationKey? other) =>
        other is not null && Corp == other.Corp && ExternalUserId == other.ExternalUserId && UserKey == other.UserKey;

    public override int GetHashCode() => HashCode.Combine(Corp, UserKey, ExternalUserId);
}
