namespace WecomBridge.Wecom.Api;

/// <content>Calls for customer service.</content>
public static partial class WecomClientExtensions
{
    /// <summary>One page of the messages of a customer-service account (<c>kf/sync_msg</c>).</summary>
    public static Task<CgibinKfSyncMessageResponse> ExecuteCgibinKfSyncMessageAsync(this IWecomClient client, CgibinKfSyncMessageRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);
}
