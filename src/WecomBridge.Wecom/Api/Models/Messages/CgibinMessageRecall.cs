namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>message/recall</c>: takes back a message of this app to staff, within 24 hours.</summary>
public sealed class CgibinMessageRecallRequest : WecomRequest<CgibinMessageRecallResponse>
{
    /// <summary>The message.</summary>
    public required string Msgid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.MessageRecall);
}

/// <summary>Answer of <c>message/recall</c>.</summary>
public sealed class CgibinMessageRecallResponse : WecomResponse;
