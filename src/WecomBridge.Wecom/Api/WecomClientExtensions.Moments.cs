namespace WecomBridge.Wecom.Api;

/// <content>Calls for moments.</content>
public static partial class WecomClientExtensions
{
    /// <summary>Asks members to publish a moment (<c>externalcontact/add_moment_task</c>). Not to be repeated blindly: each call makes another task.</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Transient"/> when too many tasks are running (41078, 41079).</exception>
    public static Task<CgibinExternalContactAddMomentTaskResponse> ExecuteCgibinExternalContactAddMomentTaskAsync(this IWecomClient client, CgibinExternalContactAddMomentTaskRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>What became of a task to publish a moment (<c>externalcontact/get_moment_task_result</c>).</summary>
    public static Task<CgibinExternalContactGetMomentTaskResultResponse> ExecuteCgibinExternalContactGetMomentTaskResultAsync(this IWecomClient client, CgibinExternalContactGetMomentTaskResultRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Stops a moment for members who have not published it (<c>externalcontact/cancel_moment_task</c>).</summary>
    public static Task<CgibinExternalContactCancelMomentTaskResponse> ExecuteCgibinExternalContactCancelMomentTaskAsync(this IWecomClient client, CgibinExternalContactCancelMomentTaskRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>One page of the moments of at most 30 days (<c>externalcontact/get_moment_list</c>).</summary>
    public static Task<CgibinExternalContactGetMomentListResponse> ExecuteCgibinExternalContactGetMomentListAsync(this IWecomClient client, CgibinExternalContactGetMomentListRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>One page of the members who were asked to publish a moment (<c>externalcontact/get_moment_task</c>).</summary>
    public static Task<CgibinExternalContactGetMomentTaskResponse> ExecuteCgibinExternalContactGetMomentTaskAsync(this IWecomClient client, CgibinExternalContactGetMomentTaskRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>One page of the customers a member chose to see a moment (<c>externalcontact/get_moment_customer_list</c>).</summary>
    public static Task<CgibinExternalContactGetMomentCustomerListResponse> ExecuteCgibinExternalContactGetMomentCustomerListAsync(this IWecomClient client, CgibinExternalContactGetMomentCustomerListRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>One page of the customers who see a member's moment (<c>externalcontact/get_moment_send_result</c>).</summary>
    public static Task<CgibinExternalContactGetMomentSendResultResponse> ExecuteCgibinExternalContactGetMomentSendResultAsync(this IWecomClient client, CgibinExternalContactGetMomentSendResultRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Who commented on and liked a member's moment (<c>externalcontact/get_moment_comments</c>).</summary>
    public static Task<CgibinExternalContactGetMomentCommentsResponse> ExecuteCgibinExternalContactGetMomentCommentsAsync(this IWecomClient client, CgibinExternalContactGetMomentCommentsRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);
}
