using WecomBridge.Broker;

namespace WecomBridge.Callbacks;

/// <summary>The original of a callback that could not be recognized: the envelope as received, still encrypted, with what its signature needs.</summary>
internal static class KeptCallback
{
    /// <summary>A message for <c>wecom.unrecognized</c> under the event's id.</summary>
    public static OutgoingMessage Of(OutgoingMessage unrecognized, CallbackQuery query, ReadOnlyMemory<byte> body) => unrecognized with
    {
        Exchange = "",
        RoutingKey = Topology.UnrecognizedQueue,
        Body = body,
        ContentType = body.Span.TrimStart((byte)' ').StartsWith("{"u8) ? "application/json" : "text/xml",
        Attributes = new Dictionary<string, string>(unrecognized.Attributes)
        {
            ["wb-msg-signature"] = query.Signature,
            ["wb-timestamp"] = query.Timestamp,
            ["wb-nonce"] = query.Nonce,
        },
    };
}
