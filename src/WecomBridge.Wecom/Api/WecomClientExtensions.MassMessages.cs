namespace WecomBridge.Wecom.Api;

/// <content>Calls for mass messages.</content>
public static partial class WecomClientExtensions
{
    /// <summary>Asks members to send a message to customers or groups (<c>externalcontact/add_msg_template</c>). Not to be repeated blindly: each call makes another task.</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Gone"/> when nobody of the list can be written to (41048).</exception>
    public static Task<CgibinExternalContactAddMessageTemplateResponse> ExecuteCgibinExternalContactAddMessageTemplateAsync(this IWecomClient client, CgibinExternalContactAddMessageTemplateRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>One page of the mass messages of at most a month (<c>externalcontact/get_groupmsg_list_v2</c>).</summary>
    public static Task<CgibinExternalContactGetGroupMessageListV2Response> ExecuteCgibinExternalContactGetGroupMessageListV2Async(this IWecomClient client, CgibinExternalContactGetGroupMessageListV2Request request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>One page of the members who were asked to send a mass message (<c>externalcontact/get_groupmsg_task</c>).</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Transient"/> when the task is still being handed out (41063).</exception>
    public static Task<CgibinExternalContactGetGroupMessageTaskResponse> ExecuteCgibinExternalContactGetGroupMessageTaskAsync(this IWecomClient client, CgibinExternalContactGetGroupMessageTaskRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>One page of the customers or groups one member sent a mass message to (<c>externalcontact/get_groupmsg_send_result</c>).</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Transient"/> when the task is still being handed out (41063).</exception>
    public static Task<CgibinExternalContactGetGroupMessageSendResultResponse> ExecuteCgibinExternalContactGetGroupMessageSendResultAsync(this IWecomClient client, CgibinExternalContactGetGroupMessageSendResultRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Reminds members of a mass message (<c>externalcontact/remind_groupmsg_send</c>); at most three times in 24 hours.</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Throttled"/> when three times in 24 hours were used up (41094).</exception>
    public static Task<CgibinExternalContactRemindGroupMessageSendResponse> ExecuteCgibinExternalContactRemindGroupMessageSendAsync(this IWecomClient client, CgibinExternalContactRemindGroupMessageSendRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Takes a mass message back from members who have not sent it (<c>externalcontact/cancel_groupmsg_send</c>).</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Gone"/> when it was taken back before (41093).</exception>
    public static Task<CgibinExternalContactCancelGroupMessageSendResponse> ExecuteCgibinExternalContactCancelGroupMessageSendAsync(this IWecomClient client, CgibinExternalContactCancelGroupMessageSendRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);
}
