namespace WecomBridge.Wecom.Api;

/// <content>Rates and parallel work.</content>
internal static partial class WecomErrorTable
{
    private static Row[] Rates =>
    [
        new(WecomFailure.Throttled, WecomErrorCodes.FrequencyExceeded, "API frequency exceeded", "Wait for the block to end, a minute or an hour; if it comes back, find who else calls for this corp, or lift it with the self-service tool of WeCom's developer site."),
        new(WecomFailure.Transient, WecomErrorCodes.ConcurrencyExceeded, "concurrency exceeded", Remedies.Wait),
        new(WecomFailure.Conflict, WecomErrorCodes.WriteConflict, "parallel writes on one record", Remedies.Wait),
        new(WecomFailure.Transient, 41078, "too many moment jobs", Remedies.Wait),
        new(WecomFailure.Transient, 41079, "moment is being dispatched", Remedies.Wait),
        new(WecomFailure.Transient, 41063, "mass message is being dispatched", Remedies.Wait),
        new(WecomFailure.Rejected, 41094, "reminded too often", "Wait for the next day: members are reminded at most three times in 24 hours."),
        new(WecomFailure.Transient, 301022, "internal failure of check-in or approval", Remedies.Wait),
        new(WecomFailure.Transient, 301026, "internal failure of check-in or approval", Remedies.Wait),
        new(WecomFailure.Transient, 301057, "internal failure of check-in or approval", Remedies.Wait),
        new(WecomFailure.Transient, 301064, "internal failure of check-in or approval", Remedies.Wait),
        new(WecomFailure.Transient, 90304, "order centre busy", Remedies.Wait),
    ];
}
