using System.Text;
using FsCheck;
using FsCheck.Fluent;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Tests.Wecom.Callbacks;

public class CallbackEnvelopeTests
{
    [Fact]
    public void Reads_the_official_body()
    {
        CallbackEnvelope.TryRead(Encoding.UTF8.GetBytes(Vector.OfficialBody), out var envelope).ShouldBeTrue();
        Encoding.UTF8.GetString(envelope.Encrypt.Span).ShouldBe(Vector.Get("V2").Encrypt);
        envelope.ToUserName.ShouldBe(Vector.CorpId);
        envelope.AgentId.ShouldBe("218");
    }

    [Theory]
    [InlineData("<xml><ToUserName><![CDATA[ww1]]></ToUserName><AgentID><![CDATA[2]]></AgentID><Encrypt><![CDATA[AB+/]]></Encrypt></xml>")]
    [InlineData("<xml>\n  <Encrypt>AB+/</Encrypt>\n  <AgentID>2</AgentID>\n  <ToUserName>ww1</ToUserName>\n</xml>\n")]
    [InlineData("<xml>\r\n<AgentID>2</AgentID><Encrypt><![CDATA[AB+/]]></Encrypt><New a='1'><Encrypt>no</Encrypt></New><ToUserName>ww1</ToUserName></xml>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- c --><r><Encrypt>AB<![CDATA[+/]]></Encrypt><AgentID>&#50;</AgentID><ToUserName>ww1</ToUserName></r>")]
    [InlineData("\uFEFF  <xml><Encrypt>AB+/</Encrypt><AgentID>2</AgentID><ToUserName>ww1</ToUserName></xml>")]
    [InlineData("""{"tousername":"ww1","encrypt":"AB+/","agentid":"2"}""")]
    [InlineData("""{ "AgentID" : 2, "new": {"encrypt":"no"}, "list": [{"encrypt":1}], "Encrypt" : "AB\u002b\/", "ToUserName" : "ww1" }""")]
    [InlineData("\uFEFF{\"tousername\":\"ww1\",\"encrypt\":\"AB+/\",\"agentid\":\"2\"}")]
    public void Reads_every_way_to_write_it(string body)
    {
        CallbackEnvelope.TryRead(Encoding.UTF8.GetBytes(body), out var envelope).ShouldBeTrue();
        Encoding.UTF8.GetString(envelope.Encrypt.Span).ShouldBe("AB+/");
        envelope.ToUserName.ShouldBe("ww1");
        envelope.AgentId.ShouldBe("2");
    }

    [Theory]
    [InlineData("<xml><Encrypt>AB</Encrypt></xml>")]
    [InlineData("<xml><Encrypt>AB</Encrypt><ToUserName/></xml>")]
    [InlineData("""{"encrypt":"AB"}""")]
    public void Only_the_ciphertext_is_needed(string body) => TryRead(body).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\uFEFF")]
    [InlineData("Encrypt=AB")]
    [InlineData("<xml></xml>")]
    [InlineData("<xml><ToUserName>ww1</ToUserName></xml>")]
    [InlineData("<xml><Encrypt></Encrypt></xml>")]
    [InlineData("<xml><Encrypt/></xml>")]
    [InlineData("<xml><Encrypt>AB</Encrypt><Encrypt>CD</Encrypt></xml>")]
    [InlineData("<xml><Encrypt>AB</Encrypt><Encrypt><![CDATA[AB]]></Encrypt><!-- c --></xml>")]
    [InlineData("<xml><Encrypt><a>AB</a></Encrypt></xml>")]
    [InlineData("<xml><a><Encrypt>AB</Encrypt></a></xml>")]
    [InlineData("<xml><encrypt>AB</encrypt></xml>")]
    [InlineData("<Encrypt>AB</Encrypt>")]
    [InlineData("<xml><Encrypt>AB</Encrypt>")]
    [InlineData("<xml><Encrypt>AB</Encrypt></xml><xml/>")]
    [InlineData("<xml><Encrypt>AB</Encrypt></xml>x")]
    [InlineData("<xml><Encrypt><![CDATA[AB</Encrypt></xml>")]
    [InlineData("<xml><Encrypt>AB\0</Encrypt></xml>")]
    [InlineData("<xml><Encrypt>AB&undefined;</Encrypt></xml>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"gb2312\"?><xml><Encrypt>AB</Encrypt></xml>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-16\"?><xml><Encrypt>AB</Encrypt></xml>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><xml><Encrypt>AB</Encrypt></xml>")]
    [InlineData("<!DOCTYPE xml><xml><Encrypt>AB</Encrypt></xml>")]
    [InlineData("<!DOCTYPE xml [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><xml><Encrypt>&e;</Encrypt></xml>")]
    [InlineData("<!DOCTYPE xml [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/x.dtd\"> %p;]><xml><Encrypt>AB</Encrypt></xml>")]
    [InlineData("<!DOCTYPE xml SYSTEM \"http://127.0.0.1:1/x.dtd\"><xml><Encrypt>AB</Encrypt></xml>")]
    [InlineData("<!DOCTYPE z [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><xml><Encrypt>&c;</Encrypt></xml>")]
    [InlineData("{}")]
    [InlineData("""["encrypt","AB"]""")]
    [InlineData("""{"encrypt":""}""")]
    [InlineData("""{"encrypt":12}""")]
    [InlineData("""{"encrypt":null}""")]
    [InlineData("""{"encrypt":["AB"]}""")]
    [InlineData("""{"encrypt":"AB","Encrypt":"CD"}""")]
    [InlineData("""{"encrypt":"AB"} x""")]
    [InlineData("""{"encrypt":"AB",}""")]
    [InlineData("""{"encrypt":"AB" """)]
    [InlineData("""{"encrypt":"\ud800"}""")]
    [InlineData("""{"\ud800":"","encrypt":"AB"}""")]
    public void Refuses_what_is_no_envelope(string body) => TryRead(body).ShouldBeFalse();

    [Fact]
    public void Refuses_other_encodings()
    {
        foreach (var encoding in new Encoding[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32 })
        {
            var bytes = encoding.GetBytes("<xml><Encrypt>AB</Encrypt></xml>");
            CallbackEnvelope.TryRead(bytes, out _).ShouldBeFalse();
            CallbackEnvelope.TryRead((byte[])[.. encoding.GetPreamble(), .. bytes], out _).ShouldBeFalse();
        }

        CallbackEnvelope.TryRead((byte[])[.. "<xml><Encrypt>AB</Encrypt><a>"u8, 0xC3, 0x28, .. "</a></xml>"u8], out _).ShouldBeFalse();
    }

    [Fact]
    public void Copes_with_a_million_levels()
    {
        TryRead(string.Concat(Enumerable.Repeat("<a>", 1_000_000))).ShouldBeFalse();
        TryRead("{\"a\":" + new string('[', 1_000_000)).ShouldBeFalse();
    }

    [Fact]
    public void Random_bytes_never_throw() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            CallbackEnvelope.TryRead(bytes, out _);
            CallbackEnvelope.TryRead((byte[])[(byte)'<', .. bytes], out _);
            CallbackEnvelope.TryRead((byte[])[(byte)'{', .. bytes], out _);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_changed_body_never_throws_and_gives_no_other_message(bool json)
    {
        var vector = Vector.Get("V2");
        var body = json ? $$"""{"tousername":"{{Vector.CorpId}}","encrypt":"{{vector.Encrypt}}","agentid":"218"}""" : Vector.OfficialBody;
        using var ring = new CallbackKeyRing([new(Vector.Token, Vector.AesKey)], Vector.CorpId);
        Prop.ForAll(Mutations.Of(Encoding.UTF8.GetBytes(body)), bytes =>
        {
            if (!CallbackEnvelope.TryRead(bytes, out var envelope)) return true;
            var opened = ring.Open(vector.Signature, vector.Timestamp, vector.Nonce, envelope.Encrypt.Span);
            return opened.Result == CallbackCryptoResult.Ok
                ? Encoding.UTF8.GetString(opened.Message.Span) == vector.Message
                : opened.Message.IsEmpty;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static bool TryRead(string body) => CallbackEnvelope.TryRead(Encoding.UTF8.GetBytes(body), out _);
}
