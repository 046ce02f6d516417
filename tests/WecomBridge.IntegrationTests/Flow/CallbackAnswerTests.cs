using System.Net;
using System.Net.Http.Headers;
using System.Text;
using WecomBridge.Broker;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.IntegrationTests.Flow;

/// <summary>What a caller of <c>/callback/{corp}/{app}</c> is answered, in the order of the checks.</summary>
public sealed class CallbackAnswerTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private readonly CallbackCrypto _crypto = new(World.Token, World.AesKey, World.CorpId);
    private World _world = null!;
    private Bridge _bridge = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync();
        _bridge = await _world.StartBridgeAsync(_world.Settings());
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        _http.Dispose();
        _crypto.Dispose();
    }

    [Fact]
    public async Task The_console_gets_the_bare_plaintext_within_a_second()
    {
        (await _world.WecomCorp.VerifyCallbackAsync(World.App, TestContext.Current.CancellationToken)).ShouldBeNull();
        var echo = _crypto.Seal("1616140317555161061"u8);
        using var answer = await _http.GetAsync(Signed(echo, $"&echostr={Uri.EscapeDataString(echo)}"));
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe("1616140317555161061"u8.ToArray());
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
    }

    [Fact]
    public async Task A_verification_touches_no_store()
    {
        await _bridge.StopAsync();
        await using var blind = await Bridge.StartAsync(_world.Settings(instance: 9, more: [("Spool:Path", "/proc/no/such/spool.db"), ("State:Provider", "Postgres"), ("State:ConnectionString", "Host=127.0.0.1;Port=1;Timeout=1")]));
        (await _world.WecomCorp.VerifyCallbackAsync(World.App, TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Theory]
    [InlineData("/callback/nobody/contact")]
    [InlineData("/callback/acme/nothing")]
    public async Task An_unknown_corp_or_app_is_404_before_anything_else(string path)
    {
        using var answer = await _http.PostAsync(new Uri(new Uri($"http://127.0.0.1:{_world.Port}"), path), new ByteArrayContent(new byte[300_000]));
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_body_over_the_cap_is_413_with_and_without_a_length()
    {
        (await PostAsync(new ByteArrayContent(new byte[262_145]), "x")).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        using var request = new HttpRequestMessage(HttpMethod.Post, Signed("x")) { Content = new ByteArrayContent(new byte[10_000_000]) };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.ExpectContinue = true;
        using var answer = await _http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?msg_signature=a&timestamp=1")]
    [InlineData("?msg_signature=a&timestamp=1&nonce=")]
    [InlineData("?msg_signature=a&timestamp=1&nonce=2&nonce=3")]
    [InlineData("?msg_signature=a&msg_signature=b&timestamp=1&nonce=2")]
    public async Task A_missing_or_doubled_parameter_is_400(string query)
    {
        using var answer = await _http.PostAsync(new Uri(World.CallbackUrl(_world.Port) + query), Body(_crypto.Seal("<xml/>"u8)));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<xml></xml>")]
    [InlineData("<xml><Encrypt></Encrypt></xml>")]
    [InlineData("{\"tousername\":\"x\"}")]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><xml><Encrypt>&e;</Encrypt></xml>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><xml><Encrypt>&b;</Encrypt></xml>")]
    public async Task A_body_without_ciphertext_is_400(string body)
    {
        var answer = await PostAsync(new StringContent(body), "x");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("signature")]
    [InlineData("timestamp")]
    [InlineData("nonce")]
    [InlineData("ciphertext")]
    [InlineData("receiver")]
    [InlineData("base64")]
    [InlineData("twice-encoded")]
    public async Task Whatever_does_not_verify_is_403_with_an_empty_body(string what)
    {
        using var foreign = new CallbackCrypto(World.Token, World.AesKey, "ww00000000000000ff");
        var sealedText = (what == "receiver" ? foreign : _crypto).Seal("<xml><MsgType>event</MsgType></xml>"u8);
        if (what == "base64") sealedText = "*" + sealedText[1..];
        var (timestamp, nonce) = ("1700000000", "n 1+%");
        var signature = _crypto.Sign(timestamp, nonce, sealedText);
        if (what == "signature") signature = (signature[0] == '0' ? "1" : "0") + signature[1..];
        if (what == "timestamp") timestamp = "1700000001";
        if (what == "nonce") nonce = "n 1+";
        if (what == "ciphertext") sealedText = sealedText[..10] + (sealedText[10] == 'A' ? 'B' : 'A') + sealedText[11..];
        var encoded = Uri.EscapeDataString(nonce);
        if (what == "twice-encoded") encoded = Uri.EscapeDataString(encoded);
        using var answer = await _http.PostAsync(new Uri($"{World.CallbackUrl(_world.Port)}?msg_signature={signature}&timestamp={timestamp}&nonce={encoded}"), Body(sealedText));
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
        _bridge.Log.Lines.ShouldContain(line => line.Contains("Refused a callback"));
    }

    [Fact]
    public async Task A_suite_command_is_answered_success_and_everything_else_nothing()
    {
        (await (await PostSealedAsync("<xml><SuiteId>ss1</SuiteId><InfoType>suite_ticket</InfoType><TimeStamp>1700000000</TimeStamp><SuiteTicket>CANARY-TICKET</SuiteTicket></xml>")).Content.ReadAsStringAsync()).ShouldBe("success");
        var answer = await PostSealedAsync("<xml><ToUserName>x</ToUserName><FromUserName>sys</FromUserName><CreateTime>1700000000</CreateTime><MsgType>event</MsgType><Event>msgaudit_notify</Event></xml>");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<xml><MsgType>event</MsgType><Event>brand_new_event</Event><CreateTime>1700000000</CreateTime></xml>")]
    [InlineData("not xml at all")]
    [InlineData("<xml><deep></xml>")]
    public async Task What_verifies_but_is_not_known_is_200_and_its_ciphertext_is_kept(string plaintext)
    {
        var answer = await PostSealedAsync(plaintext);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var letters = _bridge.Get<DeadLetterStore>();
        await Eventually.BecomesTrueAsync("the original is kept", async () => (await letters.ListAsync(Topology.UnrecognizedQueue, default)).Count > 0);
        var kept = (await letters.ListAsync(Topology.UnrecognizedQueue, default)).Single();
        CallbackEnvelope.TryRead(Convert.FromBase64String(kept.Body), out var envelope).ShouldBeTrue();
        envelope.Encrypt.Length.ShouldBeGreaterThan(40);
    }

    [Fact]
    public async Task A_body_with_a_byte_order_mark_is_taken()
    {
        var text = _crypto.Seal("<xml><MsgType>event</MsgType><Event>msgaudit_notify</Event><CreateTime>1700000000</CreateTime></xml>"u8);
        var bytes = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes($"<xml><Encrypt>{text}</Encrypt></xml>")).ToArray();
        (await PostAsync(new ByteArrayContent(bytes), text)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static StringContent Body(string ciphertext) => new($"<xml><ToUserName>x</ToUserName><Encrypt><![CDATA[{ciphertext}]]></Encrypt></xml>", new MediaTypeHeaderValue("text/xml"));

    private Task<HttpResponseMessage> PostSealedAsync(string plaintext)
    {
        var ciphertext = _crypto.Seal(Encoding.UTF8.GetBytes(plaintext));
        return PostAsync(Body(ciphertext), ciphertext);
    }

    private Task<HttpResponseMessage> PostAsync(HttpContent content, string ciphertext) => _http.PostAsync(Signed(ciphertext), content);

    private Uri Signed(string ciphertext, string more = "") =>
        new($"{World.CallbackUrl(_world.Port)}?msg_signature={_crypto.Sign("1700000000", "nonce", ciphertext)}&timestamp=1700000000&nonce=nonce{more}");
}
