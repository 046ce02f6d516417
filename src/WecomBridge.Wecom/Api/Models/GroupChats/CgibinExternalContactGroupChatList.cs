namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/groupchat/list</c>: customer groups.</summary>
public sealed class CgibinExternalContactGroupChatListRequest : WecomCursorRequest<CgibinExternalContactGroupChatListResponse>
{
    /// <summary>0 all, 1 owner has resigned, 2 being handed over, 3 handed over; null for all.</summary>
    public int? StatusFilter { get; init; }

    /// <summary>Only groups of these owners; null for all owners visible to the app.</summary>
    public OwnerFilter? OwnerFilter { get; init; }

    /// <summary>Entries of a page, 1 to 1000.</summary>
    public required int Limit { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GroupChatList);
}

/// <summary>Answer of <c>externalcontact/groupchat/list</c>.</summary>
public sealed class CgibinExternalContactGroupChatListResponse : WecomResponse, IWecomCursorPage
{
    /// <summary>Groups; a page may be empty and not the last.</summary>
    public IReadOnlyList<GroupChatStatus> GroupChatList { get; set; } = [];

    /// <summary>Where the next page begins; empty or null on the last.</summary>
    public string? NextCursor { get; set; }
}

/// <summary>Owners of groups.</summary>
public sealed class OwnerFilter
{
    /// <summary>At most 100 members.</summary>
    public required IReadOnlyList<string> UseridList { get; init; }
}

/// <summary>A group of a list.</summary>
public sealed class GroupChatStatus
{
    /// <summary>Id of the group.</summary>
    public string? ChatId { get; set; }

    /// <summary>0 normal, 1 owner has resigned, 2 being handed over, 3 handed over.</summary>
    public int? Status { get; set; }
}
