using WecomBridge.Crm;
using WecomBridge.Tests.Operations;
using WecomBridge.Welcome;

namespace WecomBridge.Tests.Welcome;

public class WelcomeOptionsTests
{
    private static readonly (string, string?)[] Good = [("Welcome:Rules:0:Name", "store"), ("Welcome:Rules:0:Text", "Hi {{customer.name}}")];

    [Fact]
    public void Good_settings_have_no_fault() => Faults(("Welcome:Rules:0:Attachments:0:MiniProgram:Title", "t"), ("Welcome:Rules:0:Attachments:0:MiniProgram:PicMediaId", "m"),
        ("Welcome:Rules:0:Attachments:0:MiniProgram:AppId", "wx1"), ("Welcome:Rules:0:Attachments:0:MiniProgram:Page", "/p"), ("Welcome:Rules:0:When:Hours", "09:00-21:00")).ShouldBeEmpty();

    [Theory]
    [InlineData("Welcome:SendWithin", "00:00:21")]
    [InlineData("Welcome:StaffNotice", "")]
    [InlineData("Welcome:StaffNotice", "{{customer.name}}")]
    [InlineData("Welcome:StaffNotice", "{{#unless missed.count}}{{customer.name}}{{/unless}}")]
    [InlineData("Welcome:Rules:0:FallbackText", "Hi {{customer.mobile}}")]
    [InlineData("Welcome:Rules:0:Name", "")]
    [InlineData("Welcome:Rules:0:Text", "")]
    [InlineData("Welcome:Rules:0:Text", "Hi {{customer.mobile}}")]
    [InlineData("Welcome:Rules:0:Text", "Hi {{customer.name")]
    [InlineData("Welcome:Rules:0:When:Stat:0", "store-*")]
    [InlineData("Welcome:Rules:0:When:Days:0", "Someday")]
    [InlineData("Welcome:LookUpWithin", "00:00:11")]
    [InlineData("Welcome:Rules:0:When:Kind", "wechat")]
    [InlineData("Welcome:Rules:0:When:Crm:0", "Known")]
    [InlineData("Welcome:Rules:0:When:Crm", "Known")]
    [InlineData("Welcome:Rules:0:Text", "Hi {{#if customer.name}}{{else}}{{customer.mobile}}{{/if}}")]
    [InlineData("Welcome:Rules:0:Text", "Hi {{#each crm}}x{{/each}}")]
    [InlineData("Welcome:Rules:0:Text", "Hi {{crm.level}}")]
    [InlineData("Welcome:Rules:0:Text", "{{#if customer.name}}Hi {{customer.name}}{{/if}}")]
    [InlineData("Welcome:Rules:0:Attachments:0:Link:Title", "only a title")]
    [InlineData("Welcome:Rules:0:Attachments:0:Video:MediaId", "")]
    [InlineData("Welcome:Rules:0:Attachments:0:File:Path", "")]
    [InlineData("Welcome:Rules:0:Attachments:0:Image:PicUrl", "shop.png")]
    [InlineData("Welcome:Rules:0:Attachments:0:MiniProgram:PicPath", "a.png")]
    public void Each_fault_names_its_key(string key, string value)
    {
        var faults = Faults((key, value));

        faults.ShouldNotBeEmpty();
        faults.ShouldAllBe(f => key.StartsWith(f.Split(' ', 2)[0].TrimEnd(':')) || f.StartsWith("Welcome:Rules:0:Attachments:0"));
    }

    [Fact]
    public void Conditions_and_texts_may_name_what_the_CRMs_settings_read()
    {
        (string, string?)[] crm = [("Crm:Provider", "Http"), ("Crm:Http:BaseUrl", "https://crm.example/"), ("Crm:Http:FindByUnionId", "c?u={unionId}"), ("Crm:Http:Fields:id", "/0/id"), ("Crm:Http:Fields:level", "/0/level")];

        Faults([.. crm, ("Welcome:Rules:0:Text", "Hi {{crm.level}}"), ("Welcome:Rules:0:When:Crm", "Known"), ("Welcome:Rules:0:When:Facts:All:0:Field", "level"), ("Welcome:Rules:0:When:Facts:All:0:Op", "Exists")]).ShouldBeEmpty();
        Faults([.. crm, ("Welcome:Rules:0:Text", "Hi {{crm.points}}")]).ShouldHaveSingleItem().ShouldContain("{{crm.level}}");
        Faults([.. crm, ("Crm:Http:Fields:id", ""), ("Welcome:Rules:0:Text", "Hi {{crm.level}}"), ("Welcome:Rules:0:When:Kind:0", "person")]).ShouldHaveSingleItem().ShouldStartWith("Welcome:Rules:0:When:Kind:0");
    }

    [Fact]
    public void A_text_of_more_than_4000_bytes_is_refused() => Faults(("Welcome:Rules:0:Text", new string('好', 1334))).ShouldHaveSingleItem();

    [Fact]
    public void An_attachment_is_of_one_kind() =>
        Faults(("Welcome:Rules:0:Attachments:0:Image:MediaId", "m"), ("Welcome:Rules:0:Attachments:0:File:MediaId", "m")).ShouldHaveSingleItem().ShouldStartWith("Welcome:Rules:0:Attachments:0");

    [Theory]
    [InlineData("Image", "Path", "MediaId")]
    [InlineData("Image", "MediaId", "PicUrl")]
    [InlineData("Video", "Path", "MediaId")]
    [InlineData("File", "Path", "MediaId")]
    public void An_attachment_is_named_in_one_way(string kind, string one, string other) =>
        Faults(($"Welcome:Rules:0:Attachments:0:{kind}:{one}", "https://a.example/"), ($"Welcome:Rules:0:Attachments:0:{kind}:{other}", "https://a.example/"))
            .ShouldHaveSingleItem().ShouldStartWith($"Welcome:Rules:0:Attachments:0:{kind} needs exactly one");

    [Fact]
    public void A_mini_program_has_one_cover() =>
        Faults(("Welcome:Rules:0:Attachments:0:MiniProgram:Title", "t"), ("Welcome:Rules:0:Attachments:0:MiniProgram:PicMediaId", "m"), ("Welcome:Rules:0:Attachments:0:MiniProgram:PicPath", "a.png"),
            ("Welcome:Rules:0:Attachments:0:MiniProgram:AppId", "wx1"), ("Welcome:Rules:0:Attachments:0:MiniProgram:Page", "/p")).ShouldHaveSingleItem().ShouldContain("exactly one of PicPath and PicMediaId");

    [Fact]
    public void A_staff_notice_of_more_than_2048_bytes_is_refused() => Faults(("Welcome:StaffNotice", new string('好', 683))).ShouldHaveSingleItem().ShouldStartWith("Welcome:StaffNotice ");

    [Fact]
    public void Telling_staff_needs_the_number_of_each_app_that_can_send()
    {
        (string, string?)[] apps = [("Welcome:NotifyStaff", "true"), ("Wecom:Corps:acme:Apps:contact:Secret", "env:S"), ("Wecom:Corps:acme:Apps:other:Secret", "env:S"), ("Wecom:Corps:acme:Apps:other:AgentId", "7"),
            ("Wecom:Corps:acme:Apps:mute:ReceiverId", "r")];

        Faults(apps).ShouldHaveSingleItem().ShouldStartWith("Wecom:Corps:acme:Apps:contact:AgentId ");
        Faults([.. apps, ("Wecom:Corps:acme:Apps:contact:AgentId", "8")]).ShouldBeEmpty();
    }

    private static IReadOnlyList<string> Faults(params (string, string?)[] changes) => SettingsCheck.Faults<WelcomeOptions>(s => s.AddCrm().AddWelcomeCommands(), "Production", [.. Good, .. changes]);
}
