namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/del_contact_way</c>: deletes a contact way this app created.</summary>
public sealed class CgibinExternalContactDeleteContactWayRequest : WecomRequest<CgibinExternalContactDeleteContactWayResponse>
{
    /// <summary>The contact way.</summary>
    public required string ConfigId { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.DeleteContactWay);

    /// <inheritdoc />
    public override string? WriteKey => ConfigId;
}

/// <summary>Answer of <c>externalcontact/del_contact_way</c>.</summary>
public sealed class CgibinExternalContactDeleteContactWayResponse : WecomResponse;
