namespace WecomBridge.State;

/// <summary>What a member and a customer are to each other, as far as events have said.</summary>
/// <param name="Key">Who.</param>
/// <param name="Status">How they stand now.</param>
/// <param name="State">The channel of the add that holds, full or half; null when it had none.</param>
/// <param name="AddedAt">When they were last added, fully or half; null when only later events were seen.</param>
/// <param name="EndedAt">When either side last ended it; kept after they were added again.</param>
/// <param name="ChangedAt">Time of the newest event.</param>
internal sealed record Relation(RelationKey Key, RelationStatus Status, string? State, DateTimeOffset? AddedAt, DateTimeOffset? EndedAt, DateTimeOffset ChangedAt)
{
    /// <summary>When the member last deleted the customer, which wipes what stands on the relation; kept after they were added again.</summary>
    public DateTimeOffset? RemovedAt { get; init; }
}

internal enum RelationStatus
{
    /// <summary>The customer has added the member, who has not yet answered.</summary>
    HalfAdded,

    /// <summary>Both have each other.</summary>
    Added,

    /// <summary>The customer deleted the member; the member still has the customer, and calls still work.</summary>
    LeftByCustomer,

    /// <summary>The member deleted the customer: calls about the two fail.</summary>
    RemovedByStaff,
}

/// <summary>What one event says about a relation.</summary>
/// <param name="Key">Who.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Time">When, by the platform's clock; whole seconds.</param>
/// <param name="EventId">Tells events of one kind and second apart.</param>
/// <param name="State">Channel; only from the two kinds of add.</param>
internal sealed record RelationChange(RelationKey Key, RelationChangeKind Kind, DateTimeOffset Time, Guid EventId, string? State = null);

internal enum RelationChangeKind
{
    HalfAdded,
    Added,
    Edited,
    Left,
    Removed,
}
