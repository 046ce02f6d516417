using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Callbacks;

/// <summary>One sealed callback as it goes over the wire; sending it again sends the same bytes.</summary>
internal sealed record CallbackPacket(Uri Address, byte[] Body, string ContentType)
{
    public static CallbackPacket Seal(string plaintext, CallbackFormat format, string corpId, SimulatedApp app, Uri url, DateTimeOffset now, string nonce)
    {
        var crypto = app.Crypto ?? throw new InvalidOperationException($"App {app.Name} has no EncodingAesKey.");
        var encrypt = crypto.Seal(Encoding.UTF8.GetBytes(plaintext));
        var agent = app.AgentId.ToString(CultureInfo.InvariantCulture);
        var body = format == CallbackFormat.Xml
            ? $"<xml><ToUserName><![CDATA[{corpId}]]></ToUserName><Encrypt><![CDATA[{encrypt}]]></Encrypt><AgentID><![CDATA[{agent}]]></AgentID></xml>"
            : new JsonObject { ["tousername"] = corpId, ["encrypt"] = encrypt, ["agentid"] = agent }.ToJsonString();
        return new CallbackPacket(
            Signed(url, app, encrypt, now, nonce, echo: null),
            Encoding.UTF8.GetBytes(body),
            format == CallbackFormat.Xml ? "text/xml" : "application/json");
    }

    /// <summary>The callback address with signature, and with <c>echostr</c> for the verification request.</summary>
    public static Uri Signed(Uri url, SimulatedApp app, string encrypt, DateTimeOffset now, string nonce, string? echo)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var query = $"msg_signature={app.Crypto!.Sign(timestamp, nonce, encrypt)}&timestamp={timestamp}&nonce={nonce}";
        if (echo is not null) query += "&echostr=" + Uri.EscapeDataString(echo);
        return new UriBuilder(url) { Query = url.Query.Length > 1 ? url.Query[1..] + "&" + query : query }.Uri;
    }
}
