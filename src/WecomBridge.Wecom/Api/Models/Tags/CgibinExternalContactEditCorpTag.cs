namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/edit_corp_tag</c>: renames or moves a tag or a group that this app created.</summary>
public sealed class CgibinExternalContactEditCorpTagRequest : WecomRequest<CgibinExternalContactEditCorpTagResponse>
{
    /// <summary>The tag or the group.</summary>
    public required string Id { get; init; }

    /// <summary>New name, at most 30 characters, unique within its group; null keeps it.</summary>
    public string? Name { get; init; }

    /// <summary>New place, 0 to 4294967295, larger first; null keeps it.</summary>
    public long? Order { get; init; }

    /// <summary>Only for suites with several apps.</summary>
    public long? Agentid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.EditCorpTag);

    /// <inheritdoc />
    public override string? WriteKey => CorpTags.WriteKey;
}

/// <summary>Answer of <c>externalcontact/edit_corp_tag</c>.</summary>
public sealed class CgibinExternalContactEditCorpTagResponse : WecomResponse;
