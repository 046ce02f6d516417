namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>ticket/get</c>: the app's ticket, for <c>wx.agentConfig</c>; useless in another app (42012). At most 100 calls an hour.</summary>
public sealed class CgibinTicketGetRequest : WecomRequest<CgibinTicketGetResponse>
{
    /// <summary>Kind of ticket; <c>agent_config</c> is the documented one.</summary>
    public string Type { get; init; } = "agent_config";

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Get, WecomPaths.TicketGet);

    /// <inheritdoc />
    public override IEnumerable<KeyValuePair<string, string?>> Query => [new("type", Type)];
}

/// <summary>Answer of <c>ticket/get</c>.</summary>
public sealed class CgibinTicketGetResponse : WecomResponse
{
    /// <summary>The ticket; it signs pages and is kept as a secret is.</summary>
    public string? Ticket { get; set; }

    /// <summary>Life in seconds, usually 7200.</summary>
    public long? ExpiresIn { get; set; }
}
