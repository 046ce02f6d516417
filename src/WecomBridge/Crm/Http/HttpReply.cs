using System.Text.Json;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Crm;

/// <summary>What the CRM answered, of whatever status.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Bounded. Personal.</param>
/// <param name="RetryAfter">As the CRM asked; null when it did not.</param>
internal sealed record HttpReply(int Status, byte[] Body, TimeSpan? RetryAfter)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The failure that a status means.</summary>
    /// <param name="isWrite">Of a write, where 403 is said of one record or field and not of the service.</param>
    public CrmException Failure(bool isWrite = false)
    {
        var failure = Status switch
        {
            403 when isWrite => WecomFailure.Rejected,
            401 or 403 => WecomFailure.Denied,
            408 or 429 or >= 500 => WecomFailure.Transient,
            409 or 412 or 423 => WecomFailure.Conflict,
            _ => WecomFailure.Rejected,
        };
        return new CrmException(failure, $"The CRM answered with HTTP {Status}.") { RetryAfter = RetryAfter };
    }

    /// <exception cref="CrmException"><see cref="WecomFailure.Transient"/>: something between the CRM and here has spoken.</exception>
    public JsonDocument ReadJson()
    {
        try
        {
            return JsonDocument.Parse(Body);
        }
        catch (JsonException)
        {
            // The parser's own text quotes the answer, which is personal: only the fact is kept.
            throw new CrmException(WecomFailure.Transient, "The CRM answered with something that is not JSON.");
        }
    }

    public override string ToString() => $"HTTP {Status}";
}
