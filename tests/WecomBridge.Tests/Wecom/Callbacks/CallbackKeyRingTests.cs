using System.Text;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Tests.Wecom.Callbacks;

public class CallbackKeyRingTests
{
    private const string OtherAesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    private static readonly CallbackKey Official = new(Vector.Token, Vector.AesKey);
    private static readonly CallbackKey Other = new("other", OtherAesKey);

    [Fact]
    public void Opens_with_either_key_and_says_which()
    {
        using var ring = new CallbackKeyRing([Other, Official], Vector.CorpId);
        var opened = Open(ring, Vector.Get("V3"));
        opened.Result.ShouldBe(CallbackCryptoResult.Ok);
        opened.KeyIndex.ShouldBe(1);
        Encoding.UTF8.GetString(opened.Message.Span).ShouldBe(Vector.Get("V3").Message);

        using var turned = new CallbackKeyRing([Official, Other], Vector.CorpId);
        Open(turned, Vector.Get("V3")).KeyIndex.ShouldBe(0);
    }

    [Fact]
    public void Goes_on_when_two_keys_share_the_token()
    {
        using var ring = new CallbackKeyRing([new(Vector.Token, OtherAesKey), Official], Vector.CorpId);
        Open(ring, Vector.Get("V3")).KeyIndex.ShouldBe(1);
    }

    [Fact]
    public void Tells_the_failure_that_came_furthest()
    {
        using var ring = new CallbackKeyRing([Official, Other], Vector.CorpId);
        var refused = Open(ring, Vector.Get("V7"));
        refused.Result.ShouldBe(CallbackCryptoResult.ReceiverMismatch);
        refused.KeyIndex.ShouldBe(-1);
        refused.Message.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Refuses_when_no_key_fits()
    {
        using var ring = new CallbackKeyRing([Other], Vector.CorpId);
        Open(ring, Vector.Get("V3")).Result.ShouldBe(CallbackCryptoResult.SignatureMismatch);
    }

    [Fact]
    public void Answers_the_verification_of_the_address()
    {
        var vector = Vector.Get("V1");
        using var ring = new CallbackKeyRing([Other, Official], Vector.CorpId);
        var onTheWire = "P9nAzCzyDtyTWESHep1vC5X9xho%2FqYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp%2B4RPcs8TgAE7OaBO%2BFZXvnaqQ%3D%3D";

        var opened = ring.OpenEcho(vector.Signature, vector.Timestamp, vector.Nonce, Uri.UnescapeDataString(onTheWire));

        Encoding.UTF8.GetString(opened.Message.Span).ShouldBe("1616140317555161061");
        ring.OpenEcho(vector.Signature, vector.Timestamp, vector.Nonce, onTheWire).Result.ShouldBe(CallbackCryptoResult.SignatureMismatch);
        ring.OpenEcho(vector.Signature, vector.Timestamp, vector.Nonce, Uri.UnescapeDataString(onTheWire).Replace('+', ' ')).Result.ShouldBe(CallbackCryptoResult.SignatureMismatch);
    }

    [Fact]
    public void A_customer_callback_is_opened_and_read_within_its_memory()
    {
        var vector = Vector.Get("V3");
        var body = Encoding.UTF8.GetBytes($"<xml><ToUserName><![CDATA[{Vector.CorpId}]]></ToUserName><Encrypt><![CDATA[{vector.Encrypt}]]></Encrypt></xml>");
        using var ring = new CallbackKeyRing([Official], Vector.CorpId);
        Decode();

        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = Decode();
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        read.ShouldBeOfType<ExternalContactEvent>().State.ShouldBe("渠道A");
        bytes.ShouldBeLessThan(5 * 1024);

        CallbackEvent Decode()
        {
            CallbackEnvelope.TryRead(body, out var envelope).ShouldBeTrue();
            return CallbackEventReader.Read(ring.Open(vector.Signature, vector.Timestamp, vector.Nonce, envelope.Encrypt.Span).Message);
        }
    }

    [Fact]
    public void Needs_a_key() => Should.Throw<ArgumentException>(() => new CallbackKeyRing([], Vector.CorpId));

    [Fact]
    public void A_key_prints_nothing_of_itself() => $"{Official}".ShouldBe("CallbackKey");

    private static OpenedCallback Open(CallbackKeyRing ring, Vector vector) =>
        ring.Open(vector.Signature, vector.Timestamp, vector.Nonce, Encoding.UTF8.GetBytes(vector.Encrypt));
}
