using WecomBridge.Callbacks;
using WecomBridge.Tests.Operations;

namespace WecomBridge.Tests.Callbacks;

public class WecomOptionsValidatorTests
{
    private const string Key = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ";
    private const string App = "Wecom:Corps:acme:Apps:contact:";

    private static readonly (string, string?)[] Good =
    [
        ("Wecom:Corps:acme:CorpId", "wwEXAMPLE"), (App + "Secret", "SECRET-CANARY"), (App + "Keys:0:Token", "TOKEN-CANARY"), (App + "Keys:0:EncodingAesKey", Key),
    ];

    [Fact]
    public void Good_settings_have_no_fault() => Faults("Development").ShouldBeEmpty();

    [Fact]
    public void The_shape_of_the_design_page_is_bound()
    {
        var options = SettingsCheck.Bind<WecomOptions>(s => s.AddWecom(), "Development", [.. Good, (App + "AgentId", "1000002"), (App + "ReceiverId", "")]);

        var (corp, app) = options.Find("acme", "contact").ShouldNotBeNull();
        corp.CorpId.ShouldBe("wwEXAMPLE");
        corp.TimeZone.ShouldBe("Asia/Shanghai");
        app.AgentId.ShouldBe(1000002);
        app.ReceiverId.ShouldBe("");
        app.Keys.ShouldHaveSingleItem().EncodingAesKey.ShouldBe(Key);
        options.Find("acme", "nobody").ShouldBeNull();
    }

    [Fact]
    public void Secrets_in_the_settings_are_refused_in_production()
    {
        var faults = Faults("Production");

        faults.Count.ShouldBe(3);
        faults.ShouldAllBe(f => f.StartsWith(App) && !f.Contains("CANARY"));
    }

    [Theory]
    [InlineData("Wecom:Corps:acme:CorpId", "")]
    [InlineData("Wecom:Corps:acme:TimeZone", "Mars/Olympus")]
    [InlineData("Wecom:Corps:Acme Ltd:CorpId", "ww2")]
    [InlineData("Wecom:ApiBaseUrl", "http://example.com/")]
    [InlineData("Wecom:CallTimeout", "00:00:00")]
    [InlineData("Wecom:Limits:PerMinute", "0")]
    [InlineData("Wecom:Limits:PerHour", "10000001")]
    [InlineData("Wecom:Limits:UsedShare", "1.1")]
    [InlineData("Wecom:Limits:UsedShare", "0")]
    [InlineData(App + "Keys:0:EncodingAesKey", "short-CANARY")]
    [InlineData(App + "Keys:0:EncodingAesKey", "!bcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ")]
    [InlineData(App + "Keys:0:Token", "")]
    [InlineData(App + "Secret", "env:WECOMBRIDGE_TEST_NOWHERE")]
    [InlineData(App + "Secrett", "x")]
    public void Each_fault_names_its_key_and_never_its_value(string key, string value)
    {
        var faults = Faults("Development", (key, value));

        faults.ShouldNotBeEmpty();
        faults.ShouldAllBe(f => f.StartsWith(key.Contains("Acme") ? "Wecom:Corps:Acme Ltd" : key) && !f.Contains("CANARY"));
    }

    [Fact]
    public void An_app_without_keys_is_refused() =>
        SettingsCheck.Faults<WecomOptions>(s => s.AddWecom(), "Development", ("Wecom:Corps:acme:CorpId", "ww1"), (App + "AgentId", "1")).ShouldHaveSingleItem().ShouldStartWith(App + "Keys");

    [Fact]
    public void All_faults_are_reported_at_once() =>
        Faults("Development", ("Wecom:ApiBaseUrl", "ftp://x/"), ("Wecom:Corps:acme:CorpId", ""), (App + "Keys:0:Token", "")).Count.ShouldBe(3);

    private static IReadOnlyList<string> Faults(string environment, params (string, string?)[] changes) => SettingsCheck.Faults<WecomOptions>(s => s.AddWecom(), environment, [.. Good, .. changes]);
}
