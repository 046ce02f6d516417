namespace WecomBridge.Wecom.Api;

/// <content>Calls for messages to staff.</content>
public static partial class WecomClientExtensions
{
    /// <summary>Sends a message of the app to staff (<c>message/send</c>).</summary>
    public static Task<CgibinMessageSendResponse> ExecuteCgibinMessageSendAsync(this IWecomClient client, CgibinMessageSendRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Takes back a message of the app to staff, within 24 hours (<c>message/recall</c>).</summary>
    public static Task<CgibinMessageRecallResponse> ExecuteCgibinMessageRecallAsync(this IWecomClient client, CgibinMessageRecallRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Updates a card sent to staff, once and within 72 hours (<c>message/update_template_card</c>).</summary>
    public static Task<CgibinMessageUpdateTemplateCardResponse> ExecuteCgibinMessageUpdateTemplateCardAsync(this IWecomClient client, CgibinMessageUpdateTemplateCardRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);
}
