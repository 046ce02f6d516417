namespace WecomBridge.Broker;

/// <summary>The headers of a message that reaches a consumer without a broker, as the broker would have delivered them.</summary>
internal static class DispatchHeaders
{
    public static Dictionary<string, object> Of(OutgoingMessage message)
    {
        var headers = new Dictionary<string, object>(message.Attributes.Count + 2, StringComparer.Ordinal)
        {
            ["Content-Type"] = message.ContentType,
            ["MessageId"] = message.Id.ToString(),
        };
        foreach (var (name, value) in message.Attributes) headers[name] = value;
        return headers;
    }
}
