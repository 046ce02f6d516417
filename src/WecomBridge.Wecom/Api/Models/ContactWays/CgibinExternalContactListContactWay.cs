namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/list_contact_way</c>: contact ways created after 2021-07-10, without temporary ones.</summary>
public sealed class CgibinExternalContactListContactWayRequest : WecomCursorRequest<CgibinExternalContactListContactWayResponse>
{
    /// <summary>Unix seconds; null for 90 days ago.</summary>
    public long? StartTime { get; init; }

    /// <summary>Unix seconds; null for now.</summary>
    public long? EndTime { get; init; }

    /// <summary>Entries of a page, at most 1000; the platform takes 100 without it.</summary>
    public int? Limit { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.ListContactWay);
}

/// <summary>Answer of <c>externalcontact/list_contact_way</c>.</summary>
public sealed class CgibinExternalContactListContactWayResponse : WecomResponse, IWecomCursorPage
{
    /// <summary>Ids; a page may be empty and not the last.</summary>
    public IReadOnlyList<ContactWayId> ContactWay { get; set; } = [];

    /// <summary>Where the next page begins; empty or null on the last.</summary>
    public string? NextCursor { get; set; }
}

/// <summary>Names one contact way.</summary>
public sealed class ContactWayId
{
    /// <summary>Id of the contact way.</summary>
    public string? ConfigId { get; set; }
}
