using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Crm;

/// <summary>The CRM could not be asked or written to: <see cref="WecomFailure.Transient"/> when it is away, slow or broken, <see cref="WecomFailure.Denied"/> when it refuses us (401; 403 of a question),
/// <see cref="WecomFailure.Conflict"/> when another change is in the way, <see cref="WecomFailure.Rejected"/> when question and answer do not fit the settings, or a write is forbidden. Message and inner exception hold no address, key or fact.</summary>
internal sealed class CrmException(WecomFailure failure, string message, Exception? innerException = null) : Exception(message, innerException), IClassifiedFailure
{
    public WecomFailure Failure { get; } = failure;

    /// <summary>How long the CRM asked us to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public string Reason => Message;

    /// <summary>Something better to do than what the failure alone tells.</summary>
    public string? Advice { get; init; }

    public string Remedy => Advice ?? Failure switch
    {
        WecomFailure.Denied => "Renew the CRM's access token or password (Crm:Http:Auth, Crm:Sql:ConnectionString), or give its user the right that is missing.",
        WecomFailure.Rejected => "Compare Crm:Http or Crm:Sql (paths, statements, fields) with what the CRM answers.",
        _ => "See whether the CRM is up and can be reached from here.",
    };
}
