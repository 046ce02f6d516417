namespace WecomBridge.Wecom.Api;

/// <content>Calls for customers.</content>
public static partial class WecomClientExtensions
{
    /// <summary>More pages of followers than any customer has; a cursor that never ends is the platform's fault.</summary>
    private const int MaxFollowerPages = 200;

    /// <summary>One page of a customer and those who follow them (<c>externalcontact/get</c>).</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Gone"/> when no visible member follows the customer (84061, 40096).</exception>
    public static Task<CgibinExternalContactGetResponse> ExecuteCgibinExternalContactGetAsync(this IWecomClient client, CgibinExternalContactGetRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>A customer and everyone who follows them, all pages of <c>externalcontact/get</c> merged.</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Gone"/> when no visible member follows the customer (84061, 40096).</exception>
    public static async Task<CgibinExternalContactGetResponse> GetWholeExternalContactAsync(this IWecomClient client, string externalUserId, CancellationToken ct)
    {
        CgibinExternalContactGetResponse? merged = null;
        var followers = new List<FollowUser>();
        await foreach (var page in client.ReadPagesAsync(new CgibinExternalContactGetRequest { ExternalUserid = externalUserId }, MaxFollowerPages, ct).ConfigureAwait(false))
        {
            merged ??= page;
            followers.AddRange(page.FollowUser);
        }

        merged!.FollowUser = followers;
        merged.NextCursor = null;
        return merged;
    }

    /// <summary>Ids of a member's customers (<c>externalcontact/list</c>); empty for a member without any, whom the platform refuses with 84061.</summary>
    public static async Task<IReadOnlyList<string>> GetExternalUserIdsAsync(this IWecomClient client, string userId, CancellationToken ct)
    {
        try
        {
            return (await client.ExecuteAsync(new CgibinExternalContactListRequest { Userid = userId }, ct).ConfigureAwait(false)).ExternalUserid;
        }
        catch (WecomException none) when (none.ErrorCode == WecomErrorCodes.NoRelation)
        {
            return [];
        }
    }

    /// <summary>Writes what a member notes about a customer (<c>externalcontact/remark</c>); fields left null stay as they are.</summary>
    public static Task<CgibinExternalContactRemarkResponse> ExecuteCgibinExternalContactRemarkAsync(this IWecomClient client, CgibinExternalContactRemarkRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Members who may have customers, as far as the app sees them (<c>externalcontact/get_follow_user_list</c>).</summary>
    public static Task<CgibinExternalContactGetFollowUserListResponse> ExecuteCgibinExternalContactGetFollowUserListAsync(this IWecomClient client, CgibinExternalContactGetFollowUserListRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Ids of a member's customers, all at once (<c>externalcontact/list</c>).</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Gone"/> when the member has no customer (84061): an empty list in other words.</exception>
    public static Task<CgibinExternalContactListResponse> ExecuteCgibinExternalContactListAsync(this IWecomClient client, CgibinExternalContactListRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>One page of the customers of several members (<c>externalcontact/batch/get_by_user</c>).</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Rejected"/> when no member listed has a licence (701008).</exception>
    public static Task<CgibinExternalContactBatchGetByUserResponse> ExecuteCgibinExternalContactBatchGetByUserAsync(this IWecomClient client, CgibinExternalContactBatchGetByUserRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>One page of everyone the corp has served, customers or not (<c>externalcontact/contact_list</c>).</summary>
    public static Task<CgibinExternalContactContactListResponse> ExecuteCgibinExternalContactContactListAsync(this IWecomClient client, CgibinExternalContactContactListRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);
}
