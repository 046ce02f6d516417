using System.Globalization;

namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>department/get</c>: a department.</summary>
public sealed class CgibinDepartmentGetRequest : WecomRequest<CgibinDepartmentGetResponse>
{
    /// <summary>The department.</summary>
    public required long Id { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Get, WecomPaths.DepartmentGet);

    /// <inheritdoc />
    public override IEnumerable<KeyValuePair<string, string?>> Query => [new("id", Id.ToString(CultureInfo.InvariantCulture))];
}

/// <summary>Answer of <c>department/get</c>.</summary>
public sealed class CgibinDepartmentGetResponse : WecomResponse
{
    /// <summary>The department.</summary>
    public Department? Department { get; set; }
}
