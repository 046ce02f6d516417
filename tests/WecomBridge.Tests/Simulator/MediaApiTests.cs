using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace WecomBridge.Tests.Simulator;

public sealed class MediaApiTests
{
    [Theory]
    [InlineData("multipart/form-data; boundary=\"b\"", "name=\"media\"; filename=\"x.png\"")]
    [InlineData("multipart/form-data; boundary=b", "name=media; filename=\"x.png\"")]
    [InlineData("multipart/form-data; boundary=b", "name=\"media\"; filename=x.png")]
    [InlineData("multipart/form-data; boundary=b", "name=\"media\"; filename*=utf-8''x.png")]
    [InlineData("multipart/form-data; boundary=b", "name=\"media\"; filename=\"=?utf-8?B?5Zu+?=\"")]
    [InlineData("multipart/form-data; boundary=b", "name=\"media\"")]
    [InlineData("multipart/form-data; boundary=b", "name=\"file\"; filename=\"x.png\"")]
    [InlineData("application/octet-stream", "name=\"media\"; filename=\"x.png\"")]
    public async Task A_form_that_the_platform_would_not_read_is_no_media(string contentType, string disposition)
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        using var form = new StringContent($"--b\r\nContent-Disposition: form-data; {disposition}\r\nContent-Type: image/png\r\n\r\n0123456789\r\n--b--\r\n");
        form.Headers.ContentType = null;
        form.Headers.TryAddWithoutValidation("Content-Type", contentType);
        (await UploadAsync(wecom, "media/upload?type=image", form)).Code().ShouldBe(44001);
    }

    [Fact]
    public async Task A_file_comes_back_whole_or_in_part_and_dies_after_three_days()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        using var form = MediaForm.Of("0123456789", fileName: "图.png");
        var id = (await UploadAsync(wecom, "media/upload?type=file", form)).Text("media_id");
        wecom.Simulator.Ledger.Uploads.ShouldHaveSingleItem().FileName.ShouldBe("图.png");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"cgi-bin/media/get?media_id={id}&access_token={await wecom.TokenAsync()}");
        request.Headers.Range = new RangeHeaderValue(2, 4);
        using var part = await wecom.Client.SendAsync(request);
        (part.StatusCode, await part.Content.ReadAsStringAsync()).ShouldBe((HttpStatusCode.PartialContent, "234"));
        wecom.Clock.Move(TimeSpan.FromDays(3));
        (await wecom.GetAsync("media/get?media_id=" + id)).Code().ShouldBe(40007);
    }

    [Fact]
    public async Task Images_for_good_have_an_address_that_greetings_take_and_a_daily_budget()
    {
        await using var wecom = await SimulatorFixture.StartAsync(o => o.Limits.ImagesPerDay = 1);
        using var form = MediaForm.Of("0123456789");
        var url = (await UploadAsync(wecom, "media/uploadimg?", form)).Text("url");
        var code = wecom.Corp.Customers.Add("zhang", "wm1").WelcomeCodes["contact"];
        var image = new[] { new { msgtype = "image", image = new { pic_url = url } } };
        (await wecom.PostAsync("externalcontact/send_welcome_msg", new { welcome_code = code, attachments = image }, await wecom.TokenAsync())).Code().ShouldBe(0);
        using var more = MediaForm.Of("0123456789");
        (await UploadAsync(wecom, "media/uploadimg?", more)).Code().ShouldBe(45009);
        using var large = MediaForm.Of(new byte[(2 << 20) + 1]);
        (await UploadAsync(wecom, "media/uploadimg?", large)).Code().ShouldBe(45001);
    }

    [Theory]
    [InlineData("https://files.example/a.mp4", 2, 0)]
    [InlineData("https://files.invalid/a.mp4", 3, 830003)]
    public async Task An_upload_by_address_is_a_job(string url, int status, int code)
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var job = (await wecom.PostAsync("media/upload_by_url", new { scene = 1, type = "video", filename = "a.mp4", url, md5 = "00" })).Text("jobid");
        (await wecom.PostAsync("media/get_upload_by_url_result", new { jobid = job }))["status"]!.GetValue<int>().ShouldBe(1);
        wecom.Clock.Move(TimeSpan.FromSeconds(1));
        var result = await wecom.PostAsync("media/get_upload_by_url_result", new { jobid = job });
        (result["status"]!.GetValue<int>(), result["detail"]!["errcode"]!.GetValue<int>()).ShouldBe((status, code));
        (await wecom.PostAsync("media/upload_by_url", new { scene = 1, type = "video", filename = "a.mp4", url = "ftp://x", md5 = "00" })).Code().ShouldBe(830001);
        (await wecom.PostAsync("media/get_upload_by_url_result", new { jobid = "x" })).Code().ShouldBe(40058);
    }

    [Fact]
    public async Task A_message_to_members_is_recalled_a_card_updated_once_and_too_many_are_dropped_in_silence()
    {
        await using var wecom = await SimulatorFixture.StartAsync(o => o.Limits.MessagesPerMinute = 2);
        wecom.Corp.Put(new("zhang", "Zhang"));
        var id = (await SendAsync(wecom, "text", new { content = "a" })).Text("msgid");
        (await wecom.PostAsync("message/recall", new { msgid = id })).Code().ShouldBe(0);
        (await wecom.PostAsync("message/recall", new { msgid = id })).Code().ShouldBe(40058);
        var card = (await SendAsync(wecom, "template_card", new { card_type = "text_notice" })).Text("response_code");
        object update = new { agentid = 1000002, response_code = card, userids = new[] { "NoBody" } };
        (await wecom.PostAsync("message/update_template_card", update)).List("invaliduser").ShouldHaveSingleItem()!.GetValue<string>().ShouldBe("nobody");
        (await wecom.PostAsync("message/update_template_card", update)).Code().ShouldBe(40058);
        (await SendAsync(wecom, "text", new { content = "b" })).Code().ShouldBe(0);
        wecom.Simulator.Ledger.StaffMessages.Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_same_message_again_is_dropped_when_the_call_asks_for_it()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Put(new("zhang", "Zhang"));
        object message = new { touser = "zhang", agentid = 1000002, msgtype = "text", text = new { content = "a" }, enable_duplicate_check = 1 };
        for (var i = 0; i < 2; i++) (await wecom.PostAsync("message/send", message)).Code().ShouldBe(0);
        wecom.Simulator.Ledger.StaffMessages.ShouldHaveSingleItem();
        wecom.Clock.Move(TimeSpan.FromMinutes(31));
        await wecom.PostAsync("message/send", message);
        wecom.Simulator.Ledger.StaffMessages.Count.ShouldBe(2);
    }

    private static Task<JsonObject> SendAsync(SimulatorFixture wecom, string kind, object content) =>
        wecom.PostAsync("message/send", new Dictionary<string, object> { ["touser"] = "zhang", ["agentid"] = 1000002, ["msgtype"] = kind, [kind] = content });

    private static async Task<JsonObject> UploadAsync(SimulatorFixture wecom, string path, HttpContent form)
    {
        using var answer = await wecom.Client.PostAsync($"cgi-bin/{path}&access_token={await wecom.TokenAsync()}", form);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }
}
