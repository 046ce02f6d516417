namespace WecomBridge.Wecom.Api;

/// <summary>The platform as one app sees it. One instance per app; safe for concurrent use.</summary>
/// <remarks>Every method throws <see cref="WecomException"/> for whatever the platform or the network refuses, and <see cref="OperationCanceledException"/> only when the caller's token asked.
/// A call is repeated in here only after a token failure, once.</remarks>
public interface IWecomClient
{
    /// <summary>Sends the greeting a new contact sees first (<c>externalcontact/send_welcome_msg</c>).</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Expired"/> when the code has lapsed or been spent (41050, 41051).</exception>
    Task SendWelcomeMessageAsync(SendWelcomeMessageRequest request, CancellationToken ct);

    /// <summary>A customer and everyone who follows them, all pages merged (<c>externalcontact/get</c>).</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Gone"/> when no visible member follows the customer (84061, 40096).</exception>
    Task<ExternalContactGetResponse> GetExternalContactAsync(string externalUserId, CancellationToken ct);

    /// <summary>Writes what a member notes about a customer (<c>externalcontact/remark</c>); fields left null stay as they are.</summary>
    Task RemarkExternalContactAsync(ExternalContactRemarkRequest request, CancellationToken ct);

    /// <summary>Corp tags and their groups (<c>externalcontact/get_corp_tag_list</c>).</summary>
    Task<CorpTagListResponse> GetCorpTagListAsync(CorpTagListRequest request, CancellationToken ct);

    /// <summary>Creates corp tags, and their group if it is new (<c>externalcontact/add_corp_tag</c>).</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Conflict"/> with 40071 when a tag of that name exists.</exception>
    Task<AddCorpTagResponse> AddCorpTagAsync(AddCorpTagRequest request, CancellationToken ct);

    /// <summary>Adds tags to and removes tags from a customer of one member (<c>externalcontact/mark_tag</c>).</summary>
    Task MarkTagAsync(MarkTagRequest request, CancellationToken ct);

    /// <summary>A customer group with its members and their names (<c>externalcontact/groupchat/get</c>).</summary>
    Task<GroupChatGetResponse> GetGroupChatAsync(string chatId, CancellationToken ct);
}

/// <summary>Hands out the client of an app.</summary>
public interface IWecomClientFactory
{
    /// <summary>The one client of an app.</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Denied"/> when no such app with a secret is configured.</exception>
    IWecomClient For(string corp, string app);
}
