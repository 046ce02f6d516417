using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using System.Xml;

namespace WecomBridge.Wecom.Callbacks;

/// <summary>What stands around the ciphertext of a callback. Nothing but <see cref="Encrypt"/> is signed: the rest may help to choose a key, never to decide.</summary>
/// <param name="encrypt">Base64 ciphertext.</param>
/// <param name="toUserName">CorpID or SuiteID.</param>
/// <param name="agentId">App id.</param>
public readonly struct CallbackEnvelope(ReadOnlyMemory<byte> encrypt, string? toUserName, string? agentId)
{
    /// <summary>Base64 ciphertext, UTF-8; it may stand in the body's own memory.</summary>
    public ReadOnlyMemory<byte> Encrypt { get; } = encrypt;

    /// <summary>CorpID or SuiteID; null when absent.</summary>
    public string? ToUserName { get; } = toUserName;

    /// <summary>App id; null when absent, empty when empty.</summary>
    public string? AgentId { get; } = agentId;

    /// <summary>Takes an XML or JSON body apart; names in any order, in JSON in any case.</summary>
    /// <param name="body">UTF-8, a byte order mark is allowed.</param>
    /// <param name="envelope">The parts on success.</param>
    /// <returns>False, never an exception, when the body is neither or has not exactly one <c>Encrypt</c> with a value (-40002).</returns>
    public static bool TryRead(ReadOnlyMemory<byte> body, out CallbackEnvelope envelope)
    {
        envelope = default;
        body = CallbackXml.Trim(body);
        // NUL stands in no XML and no JSON, but in each ASCII letter of UTF-16.
        if (body.IsEmpty || body.Span.Contains((byte)0) || !Utf8.IsValid(body.Span)) return false;
        var parts = default(Parts);
        var read = body.Span[0] switch
        {
            (byte)'<' => TryReadFlat(body, ref parts) ?? TryReadXml(body, out parts),
            (byte)'{' => TryReadJson(body.Span, ref parts),
            _ => false,
        };
        if (!read || parts.Encrypt.IsEmpty) return false;
        envelope = new(parts.Encrypt, parts.ToUserName, parts.AgentId);
        return true;
    }

    /// <returns>Null when the body is not flat; an XML reader must decide.</returns>
    private static bool? TryReadFlat(ReadOnlyMemory<byte> body, ref Parts parts)
    {
        var text = body.Span;
        var xml = new FlatXml(text);
        while (xml.MoveNext())
        {
            var name = text[xml.Name];
            if (name.SequenceEqual("Encrypt"u8))
            {
                if (!parts.TryTake(body[xml.Value])) return false;
            }
            else if (name.SequenceEqual("ToUserName"u8)) parts.ToUserName = KnownText.Get(text[xml.Value]);
            else if (name.SequenceEqual("AgentID"u8)) parts.AgentId = KnownText.Get(text[xml.Value]);
        }

        return xml.IsFlat ? true : null;
    }

    private static bool TryReadXml(ReadOnlyMemory<byte> body, out Parts parts)
    {
        parts = default;
        try
        {
            using var reader = CallbackXml.Create(body);
            var more = reader.ReadUtf8();
            while (more)
            {
                if (reader.Depth != 1 || reader.NodeType != XmlNodeType.Element || reader.Name is not ("Encrypt" or "ToUserName" or "AgentID"))
                {
                    more = reader.ReadUtf8();
                    continue;
                }

                var name = reader.Name;
                // Moves behind the end tag, and throws when there are elements inside.
                var value = reader.ReadElementContentAsString();
                if (name == "ToUserName") parts.ToUserName = value;
                else if (name == "AgentID") parts.AgentId = value;
                else if (!parts.TryTake(Encoding.UTF8.GetBytes(value))) return false;
                more = !reader.EOF;
            }

            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static bool TryReadJson(ReadOnlySpan<byte> body, ref Parts parts)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName) continue;
                var name = reader.GetString()!;
                reader.Read();
                if (name.Equals("encrypt", StringComparison.OrdinalIgnoreCase))
                {
                    if (reader.TokenType != JsonTokenType.String || !parts.TryTake(Encoding.UTF8.GetBytes(reader.GetString()!))) return false;
                }
                else if (name.Equals("tousername", StringComparison.OrdinalIgnoreCase)) parts.ToUserName = Scalar(ref reader);
                else if (name.Equals("agentid", StringComparison.OrdinalIgnoreCase)) parts.AgentId = Scalar(ref reader);
            }

            return true;
        }
        // The second is what a string with half a surrogate pair gives.
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string? Scalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => null,
    };

    private struct Parts
    {
        public ReadOnlyMemory<byte> Encrypt;
        public string? ToUserName;
        public string? AgentId;

        /// <summary>Refuses a second one: which of them was signed would be anyone's guess.</summary>
        public bool TryTake(ReadOnlyMemory<byte> encrypt)
        {
            if (!Encrypt.IsEmpty) return false;
            Encrypt = encrypt;
            return true;
        }
    }
}
