namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>get_jsapi_ticket</c>: the corp's ticket, for <c>wx.config</c>. At most 400 calls an hour for a corp and 100 for an app.</summary>
public sealed class CgibinGetJsapiTicketRequest : WecomRequest<CgibinGetJsapiTicketResponse>
{
    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Get, WecomPaths.GetJsapiTicket);
}

/// <summary>Answer of <c>get_jsapi_ticket</c>.</summary>
public sealed class CgibinGetJsapiTicketResponse : WecomResponse
{
    /// <summary>The ticket; it signs pages and is kept as a secret is.</summary>
    public string? Ticket { get; set; }

    /// <summary>Life in seconds, usually 7200.</summary>
    public long? ExpiresIn { get; set; }
}
