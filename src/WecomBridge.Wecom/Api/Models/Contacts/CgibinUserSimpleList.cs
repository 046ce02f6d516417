using System.Globalization;

namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>user/simplelist</c>: names of a department's members.</summary>
public sealed class CgibinUserSimpleListRequest : WecomRequest<CgibinUserSimpleListResponse>
{
    /// <summary>The department.</summary>
    public required long DepartmentId { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Get, WecomPaths.UserSimpleList);

    /// <inheritdoc />
    public override IEnumerable<KeyValuePair<string, string?>> Query => [new("department_id", DepartmentId.ToString(CultureInfo.InvariantCulture))];
}

/// <summary>Answer of <c>user/simplelist</c>.</summary>
public sealed class CgibinUserSimpleListResponse : WecomResponse
{
    /// <summary>The members.</summary>
    public IReadOnlyList<MemberName> Userlist { get; set; } = [];
}

/// <summary>A member by name.</summary>
public sealed class MemberName
{
    /// <summary>The member; compare ignoring case.</summary>
    public string? Userid { get; set; }

    /// <summary>The member's name.</summary>
    public string? Name { get; set; }

    /// <summary>Ids of the departments the member is in.</summary>
    public IReadOnlyList<long> Department { get; set; } = [];

    /// <summary>Id of the member across corps, for third-party apps.</summary>
    public string? OpenUserid { get; set; }
}
