namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/contact_list</c>: everyone the corp has served, customers or not. For self-built apps.</summary>
public sealed class CgibinExternalContactContactListRequest : WecomCursorRequest<CgibinExternalContactContactListResponse>
{
    /// <summary>Entries of a page, at most 1000.</summary>
    public int? Limit { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.ContactList);
}

/// <summary>Answer of <c>externalcontact/contact_list</c>.</summary>
public sealed class CgibinExternalContactContactListResponse : WecomResponse, IWecomCursorPage
{
    /// <summary>Entries; a page may be empty and not the last.</summary>
    public IReadOnlyList<ServedContact> InfoList { get; set; } = [];

    /// <summary>Where the next page begins; empty or null on the last.</summary>
    public string? NextCursor { get; set; }
}

/// <summary>Someone the corp has served.</summary>
public sealed class ServedContact
{
    /// <summary>False: nobody's customer; then there is no external user id, and the name is masked.</summary>
    public bool IsCustomer { get; set; }

    /// <summary>Stands for the person for four hours.</summary>
    public string? TmpOpenid { get; set; }

    /// <summary>The customer; null for others.</summary>
    public string? ExternalUserid { get; set; }

    /// <summary>The person's name.</summary>
    public string? Name { get; set; }

    /// <summary>The member who follows.</summary>
    public string? FollowUserid { get; set; }

    /// <summary>The group they were met in.</summary>
    public string? ChatId { get; set; }

    /// <summary>Name of that group.</summary>
    public string? ChatName { get; set; }

    /// <summary>Unix seconds.</summary>
    public long? AddTime { get; set; }
}
