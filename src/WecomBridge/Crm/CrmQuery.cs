namespace WecomBridge.Crm;

/// <summary>Whom to find.</summary>
internal sealed record CrmQuery
{
    /// <summary>The customer's WeChat union id; null when the platform does not tell it.</summary>
    public string? UnionId { get; init; }

    /// <summary>Mobile numbers that staff noted.</summary>
    public IReadOnlyList<string> Mobiles { get; init; } = [];

    /// <summary>Channel parameters of the customer's adds, of every member who has the customer: a member number may stand in one.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>Remarks that staff wrote: a member number may stand in one.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The platform's id of the customer.</summary>
    public required string ExternalUserId { get; init; }

    /// <summary>Ask the CRM even when an answer is at hand.</summary>
    public bool Fresh { get; init; }

    /// <summary>The first key that finds somebody is enough: no weaker key is asked to see whether it disagrees, and an answer may be stale. For who cannot wait.</summary>
    public bool Quick { get; init; }

    /// <summary>Id of the customer only: the rest is personal.</summary>
    public override string ToString() => ExternalUserId;
}

/// <summary>By which key a customer was found.</summary>
internal enum CrmKey
{
    UnionId,
    Mobile,

    /// <summary>The CRM has the platform's id of the customer.</summary>
    ExternalUserId,

    /// <summary>The customer's number in the CRM, found in a channel parameter or a remark.</summary>
    MemberNumber,
}
