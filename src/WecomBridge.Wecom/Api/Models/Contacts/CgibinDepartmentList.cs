using System.Globalization;

namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>department/list</c>: departments with all below; slow in a large corp.</summary>
public sealed class CgibinDepartmentListRequest : WecomRequest<CgibinDepartmentListResponse>
{
    /// <summary>The one at the top; null for all the app sees.</summary>
    public long? Id { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Get, WecomPaths.DepartmentList);

    /// <inheritdoc />
    public override IEnumerable<KeyValuePair<string, string?>> Query => [new("id", Id?.ToString(CultureInfo.InvariantCulture))];
}

/// <summary>Answer of <c>department/list</c>.</summary>
public sealed class CgibinDepartmentListResponse : WecomResponse
{
    /// <summary>Departments.</summary>
    public IReadOnlyList<Department> Department { get; set; } = [];
}

/// <summary>A department.</summary>
public sealed class Department
{
    /// <summary>Id of the department.</summary>
    public long? Id { get; set; }

    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary>Its English name.</summary>
    public string? NameEn { get; set; }

    /// <summary>Members who lead it.</summary>
    public IReadOnlyList<string> DepartmentLeader { get; set; } = [];

    /// <summary>The one above.</summary>
    public long? Parentid { get; set; }

    /// <summary>Larger comes first.</summary>
    public long? Order { get; set; }
}
