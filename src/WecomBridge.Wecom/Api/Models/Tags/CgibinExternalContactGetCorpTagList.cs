namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/get_corp_tag_list</c>; without ids, everything is listed.</summary>
public sealed class CgibinExternalContactGetCorpTagListRequest : WecomRequest<CgibinExternalContactGetCorpTagListResponse>
{
    /// <summary>Only these tags.</summary>
    public IReadOnlyList<string>? TagId { get; init; }

    /// <summary>Only these groups; ids of tags are ignored then.</summary>
    public IReadOnlyList<string>? GroupId { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.CorpTagList);
}

/// <summary>Answer of <c>externalcontact/get_corp_tag_list</c>.</summary>
public sealed class CgibinExternalContactGetCorpTagListResponse : WecomResponse
{
    /// <summary>Groups with their tags.</summary>
    public IReadOnlyList<CorpTagGroup> TagGroup { get; set; } = [];
}
