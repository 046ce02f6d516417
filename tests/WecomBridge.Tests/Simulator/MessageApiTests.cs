using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WecomBridge.Tests.Simulator;

public sealed class MessageApiTests
{
    [Fact]
    public async Task A_message_reaches_the_members_that_exist_and_names_the_others_in_lower_case()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Customers.Add("zhang", "wm1");
        var answer = await SendAsync(wecom, "zhang|NoBody");
        (answer.Code(), answer.Text("invaliduser")).ShouldBe((0, "nobody"));
        wecom.Simulator.Ledger.StaffMessages.ShouldHaveSingleItem().Users.ShouldBe(["zhang"]);
        (await SendAsync(wecom, "NoBody")).Code().ShouldBe(81013);
        (await SendAsync(wecom, "")).Code().ShouldBe(81012);
        (await SendAsync(wecom, "zhang", agent: 1)).Code().ShouldBe(301002);
    }

    [Fact]
    public async Task An_upload_is_a_form_as_the_platform_reads_it()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var answer = await UploadAsync(wecom, MediaForm.Of("0123456789", "media"), "image");
        answer.Code().ShouldBe(0);
        answer.Text("type").ShouldBe("image");
        answer["created_at"]!.GetValueKind().ShouldBe(JsonValueKind.String);
        (await UploadAsync(wecom, MediaForm.Of("0123456789", "file"), "image")).Code().ShouldBe(44001);
        (await UploadAsync(wecom, MediaForm.Of("01234", "media"), "image")).Code().ShouldBe(44001);
        using var dotnet = new MultipartFormDataContent { { new StringContent("0123456789"), "media", "x.png" } };
        (await UploadAsync(wecom, dotnet, "image")).Code().ShouldBe(44001);
    }

    [Fact]
    public async Task A_medium_serves_a_greeting_for_three_days()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var media = (await UploadAsync(wecom, MediaForm.Of("0123456789", "media"), "image")).Text("media_id");
        (await GreetAsync(wecom, "wm1", media)).ShouldBe(0);
        wecom.Clock.Move(TimeSpan.FromDays(3));
        (await GreetAsync(wecom, "wm2", media)).ShouldBe(40007);
    }

    private static async Task<int> GreetAsync(SimulatorFixture wecom, string customer, string media)
    {
        var code = wecom.Corp.Customers.Add("zhang", customer).WelcomeCodes["contact"];
        var image = new { msgtype = "image", image = new { media_id = media } };
        return (await wecom.PostAsync("externalcontact/send_welcome_msg", new { welcome_code = code, attachments = new[] { image } }, await wecom.TokenAsync())).Code();
    }

    private static Task<JsonObject> SendAsync(SimulatorFixture wecom, string users, int agent = 1000002) =>
        wecom.PostAsync("message/send", new { touser = users, agentid = agent, msgtype = "text", text = new { content = "hello" } });

    private static async Task<JsonObject> UploadAsync(SimulatorFixture wecom, HttpContent form, string type)
    {
        using var answer = await wecom.Client.PostAsync($"cgi-bin/media/upload?type={type}&access_token={await wecom.TokenAsync()}", form);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }
}
