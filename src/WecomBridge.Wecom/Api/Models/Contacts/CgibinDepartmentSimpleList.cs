using System.Globalization;

namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>department/simplelist</c>: ids of departments with all below.</summary>
public sealed class CgibinDepartmentSimpleListRequest : WecomRequest<CgibinDepartmentSimpleListResponse>
{
    /// <summary>The one at the top; null for all the app sees.</summary>
    public long? Id { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Get, WecomPaths.DepartmentSimpleList);

    /// <inheritdoc />
    public override IEnumerable<KeyValuePair<string, string?>> Query => [new("id", Id?.ToString(CultureInfo.InvariantCulture))];
}

/// <summary>Answer of <c>department/simplelist</c>.</summary>
public sealed class CgibinDepartmentSimpleListResponse : WecomResponse
{
    /// <summary>Departments.</summary>
    public IReadOnlyList<DepartmentId> DepartmentId { get; set; } = [];
}

/// <summary>A department by id.</summary>
public sealed class DepartmentId
{
    /// <summary>Id of the department.</summary>
    public long? Id { get; set; }

    /// <summary>The one above.</summary>
    public long? Parentid { get; set; }

    /// <summary>Larger comes first.</summary>
    public long? Order { get; set; }
}
