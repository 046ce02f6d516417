namespace WecomBridge.Wecom.Api;

/// <content>Calls for customer groups.</content>
public static partial class WecomClientExtensions
{
    /// <summary>A customer group with its members and their names (<c>externalcontact/groupchat/get</c>).</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Gone"/> when the group was dissolved (49008).</exception>
    public static Task<CgibinExternalContactGroupChatGetResponse> ExecuteCgibinExternalContactGroupChatGetAsync(this IWecomClient client, CgibinExternalContactGroupChatGetRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>One page of the customer groups (<c>externalcontact/groupchat/list</c>).</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Rejected"/> when no owners were given and more than 1000 members are visible (81017): ask for 100 owners at a time.</exception>
    public static Task<CgibinExternalContactGroupChatListResponse> ExecuteCgibinExternalContactGroupChatListAsync(this IWecomClient client, CgibinExternalContactGroupChatListRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>The customer group of a mini program's group id (<c>externalcontact/opengid_to_chatid</c>).</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Gone"/> when the id is unknown (90511).</exception>
    public static Task<CgibinExternalContactOpenGIdToChatIdResponse> ExecuteCgibinExternalContactOpenGIdToChatIdAsync(this IWecomClient client, CgibinExternalContactOpenGIdToChatIdRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Creates a code by which customers join groups (<c>externalcontact/groupchat/add_join_way</c>). Not to be repeated blindly: each call makes another one.</summary>
    public static Task<CgibinExternalContactGroupChatAddJoinWayResponse> ExecuteCgibinExternalContactGroupChatAddJoinWayAsync(this IWecomClient client, CgibinExternalContactGroupChatAddJoinWayRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>A join way this app created (<c>externalcontact/groupchat/get_join_way</c>).</summary>
    public static Task<CgibinExternalContactGroupChatGetJoinWayResponse> ExecuteCgibinExternalContactGroupChatGetJoinWayAsync(this IWecomClient client, CgibinExternalContactGroupChatGetJoinWayRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Replaces a join way this app created, all of it (<c>externalcontact/groupchat/update_join_way</c>).</summary>
    public static Task<CgibinExternalContactGroupChatUpdateJoinWayResponse> ExecuteCgibinExternalContactGroupChatUpdateJoinWayAsync(this IWecomClient client, CgibinExternalContactGroupChatUpdateJoinWayRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Deletes a join way this app created (<c>externalcontact/groupchat/del_join_way</c>).</summary>
    public static Task<CgibinExternalContactGroupChatDeleteJoinWayResponse> ExecuteCgibinExternalContactGroupChatDeleteJoinWayAsync(this IWecomClient client, CgibinExternalContactGroupChatDeleteJoinWayRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);
}
