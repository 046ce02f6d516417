using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Crm;

/// <summary>Finds customers in the company's CRM.</summary>
internal interface ICrmClient
{
    /// <summary>The customer, by the strongest key that finds exactly one. A key that finds more than one gives no match: records are never merged.</summary>
    /// <exception cref="CrmException">The CRM could not be asked.</exception>
    Task<CrmFinding> FindAsync(CrmQuery query, CancellationToken cancellationToken);
}

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
internal sealed record CrmFinding(CrmResult Result, CrmMatch? Match = null);

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

/// <summary>How sure it is that the record is this customer's.</summary>
internal enum CrmConfidence
{
    /// <summary>The key names one person: union id.</summary>
    Certain,

    /// <summary>The key may name somebody else: a mobile number typed by staff.</summary>
    Likely,
}

/// <summary>A customer as the CRM knows them.</summary>
internal sealed record CrmMatch
{
    /// <summary>The customer's id in the CRM.</summary>
    public required string Id { get; init; }

    /// <summary>Facts by the names that settings give them, as text.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    public required CrmKey MatchedBy { get; init; }

    public required CrmConfidence Confidence { get; init; }

    /// <summary>Which connector: <c>http</c>.</summary>
    public required string Source { get; init; }

    /// <summary>How long ago the CRM said so; zero when just asked.</summary>
    public required TimeSpan Age { get; init; }

    /// <summary>Id only: the rest is personal.</summary>
    public override string ToString() => Id;
}

/// <summary>The CRM could not be asked: <see cref="WecomFailure.Transient"/> when it is away, slow or broken, <see cref="WecomFailure.Denied"/> when it refuses us (401, 403),
/// <see cref="WecomFailure.Rejected"/> when question and answer do not fit the settings. Message and inner exception hold no address, key or fact.</summary>
internal sealed class CrmException(WecomFailure failure, string message, Exception? innerException = null) : Exception(message, innerException), IClassifiedFailure
{
    public WecomFailure Failure { get; } = failure;

    public TimeSpan? RetryAfter => null;

    public string Reason => Message;

    public string Remedy => Failure switch
    {
        WecomFailure.Denied => "Renew the CRM's access token (Crm:Http:Auth).",
        WecomFailure.Rejected => "Compare Crm:Http (paths, fields) with what the CRM answers.",
        _ => "See whether the CRM is up and can be reached from here.",
    };
}

/// <summary>Stands in where no CRM is configured: nobody is known.</summary>
internal sealed class NoCrmClient : ICrmClient
{
    public Task<CrmFinding> FindAsync(CrmQuery query, CancellationToken cancellationToken) => Task.FromResult(new CrmFinding(CrmResult.NotAsked));
}
