using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;

namespace WecomBridge.Wecom.Callbacks;

/// <summary>An encrypted answer to a callback (passive reply).</summary>
/// <param name="Encrypt">Base64 ciphertext.</param>
/// <param name="Signature"><c>MsgSignature</c>, 40 lower-case hex digits.</param>
/// <param name="Timestamp">Unix seconds of the answer.</param>
/// <param name="Nonce">Text that the signature covers.</param>
/// <remarks>Source: passive reply, developer.work.weixin.qq.com 90241; JSON twin of the smart bot, 101033.</remarks>
public sealed record CallbackReply(string Encrypt, string Signature, long Timestamp, string Nonce)
{
    private static readonly XmlWriterSettings XmlSettings = new() { OmitXmlDeclaration = true };

    // Readable base64: the default encoder would write each plus sign as an escape.
    private static readonly JsonWriterOptions JsonSettings = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Encrypts and signs an answer with the key set that opened the callback.</summary>
    /// <param name="crypto">That key set.</param>
    /// <param name="message">The answer in plain, UTF-8.</param>
    /// <param name="timestamp">Now.</param>
    /// <param name="nonce">Any text; WeCom echoes nothing of it.</param>
    public static CallbackReply Seal(CallbackCrypto crypto, ReadOnlySpan<byte> message, DateTimeOffset timestamp, string nonce)
    {
        var encrypt = crypto.Seal(message);
        var seconds = timestamp.ToUnixTimeSeconds();
        return new(encrypt, crypto.Sign(seconds.ToString(CultureInfo.InvariantCulture), nonce, encrypt), seconds, nonce);
    }

    /// <summary>The packet as apps expect it.</summary>
    public string ToXml()
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, XmlSettings))
        {
            writer.WriteStartElement("xml");
            WriteCData(writer, "Encrypt", Encrypt);
            WriteCData(writer, "MsgSignature", Signature);
            writer.WriteElementString("TimeStamp", Timestamp.ToString(CultureInfo.InvariantCulture));
            WriteCData(writer, "Nonce", Nonce);
            writer.WriteEndElement();
        }

        return text.ToString();
    }

    /// <summary>The packet as smart bots expect it.</summary>
    public string ToJson()
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, JsonSettings))
        {
            writer.WriteStartObject();
            writer.WriteString("encrypt", Encrypt);
            writer.WriteString("msgsignature", Signature);
            writer.WriteNumber("timestamp", Timestamp);
            writer.WriteString("nonce", Nonce);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static void WriteCData(XmlWriter writer, string name, string value)
    {
        writer.WriteStartElement(name);
        writer.WriteCData(value);
        writer.WriteEndElement();
    }
}
