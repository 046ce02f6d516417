using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Tests.Wecom.Callbacks;

public class CallbackReplyTests
{
    [Fact]
    public void Writes_the_packet_of_the_page()
    {
        var vector = Vector.Get("V6");
        new CallbackReply(vector.Encrypt, vector.Signature, 1700000004, vector.Nonce).ToXml().ShouldBe(
            $"<xml><Encrypt><![CDATA[{vector.Encrypt}]]></Encrypt><MsgSignature><![CDATA[{vector.Signature}]]></MsgSignature><TimeStamp>1700000004</TimeStamp><Nonce><![CDATA[nonceD]]></Nonce></xml>");
    }

    [Fact]
    public void Writes_the_packet_of_the_smart_bot()
    {
        var vector = Vector.Get("V6");
        new CallbackReply(vector.Encrypt, vector.Signature, 1700000004, vector.Nonce).ToJson().ShouldBe(
            $$"""{"encrypt":"{{vector.Encrypt}}","msgsignature":"{{vector.Signature}}","timestamp":1700000004,"nonce":"nonceD"}""");
    }

    [Theory]
    [InlineData("nonce")]
    [InlineData("a]]>b\"\\<&")]
    public void What_is_sealed_is_opened_by_the_other_side(string nonce)
    {
        using var crypto = new CallbackCrypto(Vector.Token, Vector.AesKey, Vector.CorpId);
        var reply = CallbackReply.Seal(crypto, "<xml>你好</xml>"u8, DateTimeOffset.FromUnixTimeSeconds(1700000004), nonce);
        var xml = XDocument.Parse(reply.ToXml()).Root!;
        var json = JsonDocument.Parse(reply.ToJson()).RootElement;

        crypto.Open(xml.Element("MsgSignature")!.Value, xml.Element("TimeStamp")!.Value, xml.Element("Nonce")!.Value, xml.Element("Encrypt")!.Value, out var message)
            .ShouldBe(CallbackCryptoResult.Ok);
        Encoding.UTF8.GetString(message).ShouldBe("<xml>你好</xml>");
        json.GetProperty("nonce").GetString().ShouldBe(nonce);
        json.GetProperty("timestamp").GetInt64().ShouldBe(1700000004);
        json.GetProperty("encrypt").GetString().ShouldBe(reply.Encrypt);
    }
}
