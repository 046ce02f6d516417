using System.Text;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Benchmarks;

/// <summary>Callbacks about customers, 0.6 KB of plaintext each, encrypted and signed as WeCom does it.</summary>
internal sealed class SampleCallback
{
    public const string Corp = "acme";
    public const string App = "contact";
    public const string CorpId = "ww1234567890abcdef";
    public const string Token = "QDG6eK";
    public const string AesKey = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
    public const string Timestamp = "1700000001";
    public const string Nonce = "263014780";
    private const long FirstCreateTime = 1700000000;

    private SampleCallback(byte[] plain, byte[] body, string signature) => (Plain, Body, Signature) = (plain, body, signature);

    /// <summary>What the encryption hides.</summary>
    public byte[] Plain { get; }

    /// <summary>The envelope that is posted.</summary>
    public byte[] Body { get; }

    /// <summary><c>msg_signature</c> of the address.</summary>
    public string Signature { get; }

    /// <summary>A new customer with a welcome code.</summary>
    public static SampleCallback Added(CallbackCrypto crypto, int number) => Seal(crypto, number, "add_external_contact",
        "<State><![CDATA[expo-2026-渠道]]></State><WelcomeCode><![CDATA[CODEabcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ]]></WelcomeCode>");

    /// <summary>An edited customer: the same size, and one message where an add has two.</summary>
    public static SampleCallback Edited(CallbackCrypto crypto, int number) => Seal(crypto, number, "edit_external_contact",
        "<State><![CDATA[expo-2026-渠道]]></State><Reserved><![CDATA[abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456]]></Reserved>");

    private static SampleCallback Seal(CallbackCrypto crypto, int number, string change, string more)
    {
        var plain = Encoding.UTF8.GetBytes(
            $"<xml><ToUserName><![CDATA[{CorpId}]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName><CreateTime>{FirstCreateTime + (number / 100)}</CreateTime><MsgType><![CDATA[event]]></MsgType>" +
            $"<Event><![CDATA[change_external_contact]]></Event><ChangeType><![CDATA[{change}]]></ChangeType><UserID><![CDATA[staff-{number % 100:000}]]></UserID>" +
            $"<ExternalUserID><![CDATA[wmEXAMPLEcustomer{number:0000000000000000}]]></ExternalUserID>{more}</xml>");
        var encrypt = crypto.Seal(plain);
        var body = Encoding.UTF8.GetBytes(
            $"<xml><ToUserName><![CDATA[{CorpId}]]></ToUserName><Encrypt><![CDATA[{encrypt}]]></Encrypt><AgentID><![CDATA[1000002]]></AgentID></xml>");
        return new SampleCallback(plain, body, crypto.Sign(Timestamp, Nonce, encrypt));
    }
}
