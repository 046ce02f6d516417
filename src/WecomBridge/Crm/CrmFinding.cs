namespace WecomBridge.Crm;

/// <summary>What came of a question.</summary>
internal enum CrmResult
{
    /// <summary>Exactly one customer was found.</summary>
    One,

    /// <summary>The CRM was asked and knows nobody.</summary>
    Nobody,

    /// <summary>The CRM knows several by one key: who it is stays open.</summary>
    Several,

    /// <summary>There is no CRM, or no key to ask by: whether it knows the customer stays open.</summary>
    NotAsked,
}

/// <param name="Result">What came of the question.</param>
/// <param name="Match">With <see cref="CrmResult.One"/> only.</param>
internal sealed record CrmFinding(CrmResult Result, CrmMatch? Match = null)
{
    /// <summary>Weaker keys that lead to another customer than the one taken. Not looked for in a quick question.</summary>
    public IReadOnlyList<CrmKey> Conflicts { get; init; } = [];
}

/// <summary>How sure it is that the record is this customer's.</summary>
internal enum CrmConfidence
{
    /// <summary>The key names one person: the platform's id, union id.</summary>
    Certain,

    /// <summary>The key may name somebody else: a number typed by staff.</summary>
    Likely,
}

/// <summary>A customer as the CRM knows them.</summary>
internal sealed record CrmMatch
{
    /// <summary>The customer's id in the CRM.</summary>
    public required string Id { get; init; }

    /// <summary>Facts by the names that settings give them, as text; a list is its texts, parted by a comma and a space.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    public required CrmKey MatchedBy { get; init; }

    public required CrmConfidence Confidence { get; init; }

    /// <summary>Which connector: <c>http</c> or <c>sql</c>.</summary>
    public required string Source { get; init; }

    /// <summary>How long ago the CRM said so; zero when just asked.</summary>
    public required TimeSpan Age { get; init; }

    /// <summary>Id only: the rest is personal.</summary>
    public override string ToString() => Id;
}
