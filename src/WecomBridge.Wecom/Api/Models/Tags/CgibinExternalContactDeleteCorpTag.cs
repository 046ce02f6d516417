namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/del_corp_tag</c>: deletes tags and groups that this app created; not both lists may be empty. A group whose tags are all deleted goes with them.</summary>
public sealed class CgibinExternalContactDeleteCorpTagRequest : WecomRequest<CgibinExternalContactDeleteCorpTagResponse>
{
    /// <summary>Tags to delete.</summary>
    public IReadOnlyList<string>? TagId { get; init; }

    /// <summary>Groups to delete with all their tags.</summary>
    public IReadOnlyList<string>? GroupId { get; init; }

    /// <summary>Only for suites with several apps.</summary>
    public long? Agentid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.DeleteCorpTag);

    /// <inheritdoc />
    public override string? WriteKey => CorpTags.WriteKey;
}

/// <summary>Answer of <c>externalcontact/del_corp_tag</c>.</summary>
public sealed class CgibinExternalContactDeleteCorpTagResponse : WecomResponse;
