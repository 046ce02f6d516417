namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/opengid_to_chatid</c>: the customer group of a mini program's group id.</summary>
public sealed class CgibinExternalContactOpenGIdToChatIdRequest : WecomRequest<CgibinExternalContactOpenGIdToChatIdResponse>
{
    /// <summary>The mini program's id of the group.</summary>
    public required string Opengid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.OpenGIdToChatId);
}

/// <summary>Answer of <c>externalcontact/opengid_to_chatid</c>.</summary>
public sealed class CgibinExternalContactOpenGIdToChatIdResponse : WecomResponse
{
    /// <summary>Id of the group.</summary>
    public string? ChatId { get; set; }
}
