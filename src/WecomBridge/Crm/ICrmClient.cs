using WecomBridge.Wecom.Api;

namespace WecomBridge.Crm;

/// <summary>The company's CRM: finds customers in it, and writes to it what it should know of them.</summary>
internal interface ICrmClient
{
    /// <summary>The customer, by the strongest key that finds exactly one. A key that finds more than one gives no match: records are never merged.</summary>
    /// <exception cref="CrmException">The CRM could not be asked.</exception>
    Task<CrmFinding> FindAsync(CrmQuery query, CancellationToken cancellationToken);

    /// <summary>What is to be written of a customer; null when the settings say nothing of it. Calls nobody.</summary>
    /// <param name="id">The customer's id in the CRM; null for one it does not know.</param>
    /// <param name="content">What the CRM should know.</param>
    CrmWrite? Prepare(string? id, CrmContent content) => null;

    /// <summary>Writes once, and returns when the CRM has said that it did.</summary>
    /// <param name="write">What.</param>
    /// <param name="key">The same for every repetition of this write, whatever came of the first: the CRM then writes once.</param>
    /// <param name="cancellationToken">Stops waiting; the CRM may write all the same.</param>
    /// <exception cref="CrmException"><see cref="WecomFailure.Transient"/>: whether it was written is not known.</exception>
    Task WriteAsync(CrmWrite write, string key, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Stands in where no CRM is configured: nobody is known.</summary>
internal sealed class NoCrmClient : ICrmClient
{
    public Task<CrmFinding> FindAsync(CrmQuery query, CancellationToken cancellationToken) => Task.FromResult(new CrmFinding(CrmResult.NotAsked));
}
