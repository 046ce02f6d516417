namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>user/list_id</c>: all members with their departments. Only with the secret of the contacts sync (48002 for others).</summary>
public sealed class CgibinUserListIdRequest : WecomCursorRequest<CgibinUserListIdResponse>
{
    /// <summary>Entries of a page, at most 10000.</summary>
    public int? Limit { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.UserListId);
}

/// <summary>Answer of <c>user/list_id</c>.</summary>
public sealed class CgibinUserListIdResponse : WecomResponse, IWecomCursorPage
{
    /// <summary>One entry for each department of a member; a page may be empty and not the last.</summary>
    public IReadOnlyList<DepartmentMember> DeptUser { get; set; } = [];

    /// <summary>Where the next page begins; empty or null on the last.</summary>
    public string? NextCursor { get; set; }
}

/// <summary>A member in one department.</summary>
public sealed class DepartmentMember
{
    /// <summary>The member; compare ignoring case.</summary>
    public string? Userid { get; set; }

    /// <summary>Id of the department.</summary>
    public long? Department { get; set; }
}
