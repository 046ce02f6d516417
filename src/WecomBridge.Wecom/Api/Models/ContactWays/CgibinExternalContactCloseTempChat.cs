namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/close_temp_chat</c>: ends a temporary session.</summary>
public sealed class CgibinExternalContactCloseTempChatRequest : WecomRequest<CgibinExternalContactCloseTempChatResponse>
{
    /// <summary>The member.</summary>
    public required string Userid { get; init; }

    /// <summary>The customer.</summary>
    public required string ExternalUserid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.CloseTempChat);

    /// <inheritdoc />
    public override string? WriteKey => ExternalUserid;
}

/// <summary>Answer of <c>externalcontact/close_temp_chat</c>.</summary>
public sealed class CgibinExternalContactCloseTempChatResponse : WecomResponse;
