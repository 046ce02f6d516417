namespace WecomBridge.Wecom.Api;

/// <content>Calls for greetings.</content>
public static partial class WecomClientExtensions
{
    /// <summary>Sends the greeting a new contact sees first (<c>externalcontact/send_welcome_msg</c>).</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Expired"/> when the code has lapsed or been spent (41050, 41051).</exception>
    public static Task<CgibinExternalContactSendWelcomeMessageResponse> ExecuteCgibinExternalContactSendWelcomeMessageAsync(this IWecomClient client, CgibinExternalContactSendWelcomeMessageRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);
}
