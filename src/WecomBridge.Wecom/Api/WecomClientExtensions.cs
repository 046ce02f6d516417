namespace WecomBridge.Wecom.Api;

/// <summary>The calls by name.</summary>
public static class WecomClientExtensions
{
    /// <summary>More pages of followers than any corp has; a cursor that never ends is the platform's fault.</summary>
    private const int MaxPages = 200;

    /// <summary>Sends the greeting a new contact sees first (<c>externalcontact/send_welcome_msg</c>).</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Expired"/> when the code has lapsed or been spent (41050, 41051).</exception>
    public static Task<CgibinExternalContactSendWelcomeMessageResponse> ExecuteCgibinExternalContactSendWelcomeMessageAsync(this IWecomClient client, CgibinExternalContactSendWelcomeMessageRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>One page of a customer and those who follow them (<c>externalcontact/get</c>).</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Gone"/> when no visible member follows the customer (84061, 40096).</exception>
    public static Task<CgibinExternalContactGetResponse> ExecuteCgibinExternalContactGetAsync(this IWecomClient client, CgibinExternalContactGetRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Writes what a member notes about a customer (<c>externalcontact/remark</c>); fields left null stay as they are.</summary>
    public static Task<CgibinExternalContactRemarkResponse> ExecuteCgibinExternalContactRemarkAsync(this IWecomClient client, CgibinExternalContactRemarkRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Corp tags and their groups (<c>externalcontact/get_corp_tag_list</c>).</summary>
    public static Task<CgibinExternalContactGetCorpTagListResponse> ExecuteCgibinExternalContactGetCorpTagListAsync(this IWecomClient client, CgibinExternalContactGetCorpTagListRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Creates corp tags, and their group if it is new (<c>externalcontact/add_corp_tag</c>).</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Conflict"/> with 40071 when a tag of that name exists.</exception>
    public static Task<CgibinExternalContactAddCorpTagResponse> ExecuteCgibinExternalContactAddCorpTagAsync(this IWecomClient client, CgibinExternalContactAddCorpTagRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Adds tags to and removes tags from a customer of one member (<c>externalcontact/mark_tag</c>).</summary>
    public static Task<CgibinExternalContactMarkTagResponse> ExecuteCgibinExternalContactMarkTagAsync(this IWecomClient client, CgibinExternalContactMarkTagRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>A customer group with its members and their names (<c>externalcontact/groupchat/get</c>).</summary>
    public static Task<CgibinExternalContactGroupChatGetResponse> ExecuteCgibinExternalContactGroupChatGetAsync(this IWecomClient client, CgibinExternalContactGroupChatGetRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>One member (<c>user/get</c>).</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Gone"/> when there is no such member (60111).</exception>
    public static Task<CgibinUserGetResponse> ExecuteCgibinUserGetAsync(this IWecomClient client, CgibinUserGetRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Uploads temporary media, valid for three days (<c>media/upload</c>).</summary>
    /// <exception cref="ArgumentException">The file is out of the bounds of its type.</exception>
    public static Task<CgibinMediaUploadResponse> ExecuteCgibinMediaUploadAsync(this IWecomClient client, CgibinMediaUploadRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Sends a message of the app to staff (<c>message/send</c>).</summary>
    public static Task<CgibinMessageSendResponse> ExecuteCgibinMessageSendAsync(this IWecomClient client, CgibinMessageSendRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>A customer and everyone who follows them, all pages of <c>externalcontact/get</c> merged.</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Gone"/> when no visible member follows the customer (84061, 40096).</exception>
    public static async Task<CgibinExternalContactGetResponse> GetWholeExternalContactAsync(this IWecomClient client, string externalUserId, CancellationToken ct)
    {
        var merged = await client.ExecuteAsync(new CgibinExternalContactGetRequest { ExternalUserid = externalUserId }, ct).ConfigureAwait(false);
        var followers = new List<FollowUser>(merged.FollowUser);
        var cursor = merged.NextCursor;
        for (var page = 1; !string.IsNullOrEmpty(cursor); page++)
        {
            if (page >= MaxPages) throw new WecomException(WecomFailure.Transient, WecomPaths.ExternalContactGet, errorCode: null, $"{WecomPaths.ExternalContactGet} gave more than {MaxPages} pages.");
            var next = await client.ExecuteAsync(new CgibinExternalContactGetRequest { ExternalUserid = externalUserId, Cursor = cursor }, ct).ConfigureAwait(false);
            followers.AddRange(next.FollowUser);
            cursor = next.NextCursor;
        }

        merged.FollowUser = followers;
        merged.NextCursor = null;
        return merged;
    }
}
