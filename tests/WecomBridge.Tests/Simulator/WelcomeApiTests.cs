using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Tests.Simulator;

public sealed class WelcomeApiTests
{
    [Fact]
    public async Task A_code_greets_once_and_its_sister_code_of_another_app_not_at_all()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var codes = wecom.Corp.Customers.Add("zhang", "wm1").WelcomeCodes;
        codes.Keys.ShouldBe(["contact", "second"]);
        wecom.Clock.Move(TimeSpan.FromSeconds(3));
        (await SendAsync(wecom, codes["contact"])).Code().ShouldBe(0);
        (await SendAsync(wecom, codes["contact"])).Code().ShouldBe(41051);
        (await SendAsync(wecom, codes["second"], await wecom.TokenAsync("secret-2"))).Code().ShouldBe(41051);
        var greeting = wecom.Simulator.Ledger.AcceptedWelcomes.ShouldHaveSingleItem();
        (greeting.UserId, greeting.ExternalUserId, greeting.Text, greeting.AgeMs, greeting.App).ShouldBe(("zhang", "wm1", "Hello", 3000, "contact"));
    }

    [Fact]
    public async Task A_code_dies_after_twenty_seconds()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var (inTime, late) = (wecom.Corp.Customers.Add("zhang", "wm1"), wecom.Corp.Customers.Add("zhang", "wm2"));
        wecom.Clock.Move(TimeSpan.FromSeconds(20));
        (await SendAsync(wecom, inTime.WelcomeCodes["contact"])).Code().ShouldBe(0);
        wecom.Clock.Move(TimeSpan.FromMilliseconds(1));
        (await SendAsync(wecom, late.WelcomeCodes["contact"])).Code().ShouldBe(41050);
    }

    [Fact]
    public async Task A_code_that_is_missing_unknown_or_another_apps_is_refused()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var codes = wecom.Corp.Customers.Add("zhang", "wm1").WelcomeCodes;
        (await SendAsync(wecom, "")).Code().ShouldBe(41049);
        (await SendAsync(wecom, "nonsense")).Code().ShouldBe(41050);
        (await SendAsync(wecom, codes["second"])).Code().ShouldBe(41050);
    }

    [Fact]
    public async Task While_one_app_is_sending_the_other_is_told_so()
    {
        await using var wecom = await SimulatorFixture.StartAsync(o => o.ApiLatency = TimeSpan.FromSeconds(1));
        var codes = wecom.Corp.Customers.Add("zhang", "wm1").WelcomeCodes;
        var (first, second) = (await wecom.TokenAsync(), await wecom.TokenAsync("secret-2"));
        var answers = await Task.WhenAll(SendAsync(wecom, codes["contact"], first), SendAsync(wecom, codes["second"], second));
        answers.Select(a => a.Code()).Order().ShouldBe([0, 41096]);
        wecom.Simulator.Ledger.AcceptedWelcomes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Those_who_chat_already_and_those_who_have_not_agreed_are_not_greeted()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var chatting = wecom.Corp.Customers.Add("zhang", "wm1");
        wecom.Corp.Customers.StartChat("zhang", "wm1");
        (await SendAsync(wecom, chatting.WelcomeCodes["contact"])).Code().ShouldBe(41051);
        var silent = wecom.Corp.Customers.Add("zhang", "wm2", new AddDetails { ConsentMissing = true });
        (await SendAsync(wecom, silent.WelcomeCodes["contact"])).Code().ShouldBe(41053);
        wecom.Clock.Move(TimeSpan.FromMinutes(5));
        var agreed = wecom.Corp.Customers.AgreeToArchive("zhang", "wm2");
        (await SendAsync(wecom, agreed.WelcomeCodes["contact"])).Code().ShouldBe(0);
        wecom.Corp.Customers.Add("zhang", "wm3", new AddDetails { WithCode = false }).WelcomeCodes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_half_add_and_its_add_both_have_codes_and_a_double_greeting_shows()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var half = wecom.Corp.Customers.HalfAdd("zhang", "wm1", new AddDetails { State = "poster" });
        var full = wecom.Corp.Customers.Add("zhang", "wm1");
        wecom.Corp.Customers.Relation("zhang", "wm1")!.State.ShouldBe("poster");
        (await SendAsync(wecom, half.WelcomeCodes["contact"])).Code().ShouldBe(0);
        (await SendAsync(wecom, full.WelcomeCodes["contact"])).Code().ShouldBe(0);
        wecom.Simulator.Ledger.DoubleWelcomes.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_add_after_a_greeted_half_add_has_no_code_and_a_shared_greeting_is_spent_once()
    {
        await using var wecom = await SimulatorFixture.StartAsync(o => o.HalfAddSharesGreeting = true);
        var half = wecom.Corp.Customers.HalfAdd("zhang", "wm1");
        var full = wecom.Corp.Customers.Add("zhang", "wm1");
        (await SendAsync(wecom, half.WelcomeCodes["contact"])).Code().ShouldBe(0);
        (await SendAsync(wecom, full.WelcomeCodes["contact"])).Code().ShouldBe(41051);
        var greeted = wecom.Corp.Customers.HalfAdd("zhang", "wm2");
        (await SendAsync(wecom, greeted.WelcomeCodes["contact"])).Code().ShouldBe(0);
        wecom.Corp.Customers.Add("zhang", "wm2").WelcomeCodes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{}""", 44004)]
    [InlineData("""{"attachments":[{"msgtype":"voice"}]}""", 41065)]
    [InlineData("""{"attachments":[{"msgtype":"link","link":{"title":"t"}}]}""", 40058)]
    [InlineData("""{"attachments":[{"msgtype":"link","link":{"title":"t","url":"e.example"}}]}""", 40094)]
    [InlineData("""{"attachments":[{"msgtype":"link","link":{"title":"t","url":"https://e.example/"}}]}""", 0)]
    [InlineData("""{"attachments":[{"msgtype":"image","image":{}}]}""", 41006)]
    [InlineData("""{"attachments":[{"msgtype":"image","image":{"pic_url":"https://e.example/p"}}]}""", 40094)]
    [InlineData("""{"attachments":[{"msgtype":"file","file":{"media_id":"nothing"}}]}""", 40007)]
    [InlineData("""{"attachments":[{"msgtype":"miniprogram","miniprogram":{"title":"t","page":"p","pic_media_id":"M"}}]}""", 40058)]
    public async Task A_greeting_is_held_to_its_form_and_a_refused_form_spends_no_code(string message, int code)
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var welcome = wecom.Corp.Customers.Add("zhang", "wm1").WelcomeCodes["contact"];
        var body = JsonNode.Parse(message)!;
        body["welcome_code"] = welcome;
        (await wecom.PostAsync("externalcontact/send_welcome_msg", body)).Code().ShouldBe(code);
        (await SendAsync(wecom, welcome)).Code().ShouldBe(code == 0 ? 41051 : 0);
    }

    [Fact]
    public async Task A_text_has_4000_bytes_and_nine_attachments_at_most()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var code = wecom.Corp.Customers.Add("zhang", "wm1").WelcomeCodes["contact"];
        (await SendAsync(wecom, code, text: new string('中', 1334))).Code().ShouldBe(45002);
        var link = new { msgtype = "link", link = new { title = "t", url = "https://e.example/" } };
        (await wecom.PostAsync("externalcontact/send_welcome_msg", new { welcome_code = code, attachments = Enumerable.Repeat(link, 10) })).Code().ShouldBe(41064);
        (await SendAsync(wecom, code, text: new string('中', 1333))).Code().ShouldBe(0);
    }

    private static Task<JsonObject> SendAsync(SimulatorFixture wecom, string code, string? token = null, string text = "Hello") =>
        wecom.PostAsync("externalcontact/send_welcome_msg", new { welcome_code = code, text = new { content = text } }, token);
}
