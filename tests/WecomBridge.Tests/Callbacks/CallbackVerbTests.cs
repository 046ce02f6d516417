using System.Text.Json;
using WecomBridge.Operations;
using WecomBridge.Tests.Operations;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Tests.Callbacks;

/// <summary><c>callback send</c> and <c>callback decrypt</c> as an administrator uses them.</summary>
public sealed class CallbackVerbTests : IDisposable
{
    private const string CorpId = "ww5a1e0f0de0c0ffee";
    private const string Token = "demoToken";
    private const string Key = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
    private const string OtherKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

    private const string Plaintext =
        "<xml><ToUserName>ww5a1e0f0de0c0ffee</ToUserName><FromUserName>sys</FromUserName><CreateTime>1700000000</CreateTime><MsgType>event</MsgType><Event>change_external_contact</Event>"
        + "<ChangeType>add_external_contact</ChangeType><UserID>zhang</UserID><ExternalUserID>wm1</ExternalUserID><State>store-7</State><WelcomeCode>CODE-1</WelcomeCode></xml>";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wb-callback-");

    [Fact]
    public async Task A_running_service_acknowledges_a_test_callback_and_the_verification()
    {
        await using var host = await DoctorHost.StartAsync();
        var config = Config();

        var sent = await VerbRun.RunAsync("callback", "send", "--corp", "acme", "--app", "contact", "--url", host.Service!.ToString(), "--event", "tag.updated", "--id", "t1", "--config", config);
        var verified = await VerbRun.RunAsync("callback", "send", "--corp", "acme", "--app", "contact", "--url", host.Service!.ToString(), "--verify", "--config", config);

        sent.Code.ShouldBe(0, sent.Output);
        sent.Output.ShouldStartWith($"{host.Service}callback/acme/contact acknowledged tag.updated after ");
        verified.Code.ShouldBe(0, verified.Output);
        verified.Output.ShouldContain("acknowledged the verification after ");
    }

    [Fact]
    public async Task A_service_with_other_keys_is_told_apart_from_none()
    {
        await using var host = await DoctorHost.StartAsync();

        var refused = await VerbRun.RunAsync("callback", "send", "--corp", "acme", "--app", "contact", "--url", host.Service!.ToString(), "--config", Config(token: "another"));
        var alone = await VerbRun.RunAsync("callback", "send", "--corp", "acme", "--app", "contact", "--url", "http://127.0.0.1:1", "--config", Config());

        (refused.Code, alone.Code).ShouldBe((Verbs.Found, Verbs.Found));
        refused.Output.ShouldContain("answered 403: the service there has another Token, EncodingAesKey or receiver id.");
        alone.Output.ShouldContain("cannot be connected to.");
    }

    [Theory]
    [MemberData(nameof(Events))]
    public async Task Each_event_that_can_be_sent_is_the_one_that_subscribers_get(string name)
    {
        var plaintext = new global::WecomBridge.Callbacks.TestCallback { Event = name, CorpId = CorpId, UserId = "zhang", Subject = "id-1", State = "a&b", At = DateTimeOffset.UnixEpoch }.ToXml();

        (await DecryptAsync(Config(), plaintext, [])).Output.ShouldContain($"Subscribers get: {name}, id ");
    }

    public static TheoryData<string> Events => [.. global::WecomBridge.Callbacks.TestCallback.Events];

    [Fact]
    public async Task A_captured_callback_is_opened_and_shown_without_what_is_private()
    {
        var result = await DecryptAsync(Config(), Plaintext, []);

        result.Code.ShouldBe(0);
        result.Lines[0].ShouldBe("Opened with Keys:0 of acme/contact; the signature fits.");
        result.Output.ShouldContain("WeCom's event: change_external_contact add_external_contact");
        result.Output.ShouldContain("Subscribers get: customer.added");
        result.Lines.ShouldContain("ExternalUserID = wm1");
        result.Output.ShouldNotContain("CODE-1");
    }

    [Fact]
    public async Task The_plaintext_is_shown_when_asked_for_with_its_codes_masked()
    {
        var result = await DecryptAsync(Config(), Plaintext, ["--plain"]);

        result.Output.ShouldContain("The plaintext holds personal data");
        result.Output.ShouldContain("<State>store-7</State><WelcomeCode>***</WelcomeCode>");
    }

    [Theory]
    [InlineData("another", Key, CorpId, "The signature is not of this Token; EncodingAesKey and receiver id fit.")]
    [InlineData(Token, OtherKey, CorpId, "The signature fits the Token, but EncodingAesKey opens nothing: padding and length make no sense.")]
    [InlineData("another", OtherKey, CorpId, "Neither signature nor ciphertext fit this Token and EncodingAesKey.")]
    [InlineData(Token, Key, "ww-another", "The callback is addressed to another receiver than \"ww-another\": to \"ww5a1e0f0de0c0ffee\".")]
    public async Task What_does_not_fit_is_named(string token, string key, string corpId, string says)
    {
        var result = await DecryptAsync(Config(token, key, corpId), Plaintext, []);

        result.Code.ShouldBe(Verbs.Found, result.Output);
        result.Output.ShouldStartWith(says);
    }

    [Fact]
    public async Task A_body_that_was_cut_is_named_and_one_of_a_neighbour_too()
    {
        var (cut, _) = Capture(Plaintext, cut: true);
        var broken = await VerbRun.RunAsync("callback", "decrypt", "--corp", "acme", "--app", "contact", "--file", cut, "--config", Config());
        var (whole, _) = Capture(Plaintext);
        var mixed = await VerbRun.RunAsync("callback", "decrypt", "--corp", "acme", "--app", "other", "--file", whole, "--config", Config());

        broken.Output.ShouldStartWith("The ciphertext is not whole base64.");
        mixed.Output.ShouldContain("It opens with the keys of acme/contact");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<VerbResult> DecryptAsync(string config, string plaintext, string[] more)
    {
        var (file, query) = Capture(plaintext);
        return VerbRun.RunAsync(["callback", "decrypt", "--corp", "acme", "--app", "contact", "--file", file, .. query, "--config", config, .. more]);
    }

    private (string File, string[] Query) Capture(string plaintext, bool cut = false)
    {
        using var crypto = new CallbackCrypto(Token, Key, CorpId);
        var encrypt = crypto.Seal(System.Text.Encoding.UTF8.GetBytes(plaintext));
        var file = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.xml");
        File.WriteAllText(file, $"<xml><ToUserName>{CorpId}</ToUserName><Encrypt>{(cut ? encrypt[..^3] : encrypt)}</Encrypt></xml>");
        return (file, ["--msg-signature", crypto.Sign("1700000000", "nonce", encrypt), "--timestamp", "1700000000", "--nonce", "nonce"]);
    }

    private string Config(string token = Token, string key = Key, string corpId = CorpId)
    {
        var secrets = new[] { token, key }.Select((text, n) =>
        {
            var path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}-{n}");
            File.WriteAllText(path, text);
            return "file:" + path;
        }).ToArray();
        var other = Path.Combine(_folder.FullName, "other");
        File.WriteAllText(other, OtherKey);
        var file = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            Wecom = new { Corps = new { acme = new { CorpId = corpId, Apps = new { contact = new { Keys = new[] { new { Token = secrets[0], EncodingAesKey = secrets[1] } } }, other = new { Keys = new[] { new { Token = secrets[0], EncodingAesKey = "file:" + other } } } } } } },
        }));
        return file;
    }
}
