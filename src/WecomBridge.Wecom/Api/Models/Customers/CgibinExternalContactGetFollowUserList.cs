namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/get_follow_user_list</c>: members who have the customer-contact function.</summary>
public sealed class CgibinExternalContactGetFollowUserListRequest : WecomRequest<CgibinExternalContactGetFollowUserListResponse>
{
    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Get, WecomPaths.GetFollowUserList);
}

/// <summary>Answer of <c>externalcontact/get_follow_user_list</c>.</summary>
public sealed class CgibinExternalContactGetFollowUserListResponse : WecomResponse
{
    /// <summary>Members inside the app's visible range; compare ignoring case.</summary>
    public IReadOnlyList<string> FollowUser { get; set; } = [];
}
