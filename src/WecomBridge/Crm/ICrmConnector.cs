using WecomBridge.Wecom.Api;

namespace WecomBridge.Crm;

/// <summary>How one kind of CRM is talked to. Time-outs, the breaker, identity and the cache are the caller's.</summary>
internal interface ICrmConnector
{
    /// <summary>As <see cref="CrmMatch.Source"/> says it.</summary>
    string Source { get; }

    /// <summary>The settings say how this key is asked by.</summary>
    bool Asks(CrmKey key);

    /// <summary>Asks once.</summary>
    /// <param name="key">By what.</param>
    /// <param name="value">Personal.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CrmException">No answer, a refusal, or one that does not fit the settings.</exception>
    Task<CrmRecords> AskAsync(CrmKey key, string value, CancellationToken cancellationToken);

    /// <summary>What is to be written of a customer; null when the settings say nothing of it.</summary>
    /// <param name="id">The customer's id in the CRM; null for one it does not know.</param>
    /// <param name="content">What the CRM should know.</param>
    CrmWrite? Prepare(string? id, CrmContent content);

    /// <summary>Writes once.</summary>
    /// <param name="write">What.</param>
    /// <param name="key">The same for every repetition of this write.</param>
    /// <param name="cancellationToken">Ends the wait; the CRM may have written all the same.</param>
    /// <exception cref="CrmException"><see cref="WecomFailure.Transient"/>: whether it was written is not known.</exception>
    Task WriteAsync(CrmWrite write, string key, CancellationToken cancellationToken);
}

/// <summary>One customer as an answer holds them.</summary>
internal sealed record CrmRecord(string Id, IReadOnlyDictionary<string, string> Fields)
{
    public override string ToString() => Id;
}

/// <summary>What an answer holds.</summary>
/// <param name="Count">Customers that match; more than one is not counted further.</param>
/// <param name="Record">The customer, when it is one.</param>
internal sealed record CrmRecords(int Count, CrmRecord? Record)
{
    public static readonly CrmRecords None = new(0, Record: null);

    public static readonly CrmRecords Several = new(2, Record: null);

    public override string ToString() => $"{Count}";
}
