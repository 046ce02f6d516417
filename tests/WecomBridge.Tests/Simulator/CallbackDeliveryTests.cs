using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using WecomBridge.Simulator;
using WecomBridge.Simulator.Platform;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Tests.Simulator;

public sealed class CallbackDeliveryTests
{
    [Fact]
    public async Task An_add_is_called_back_sealed_for_the_app_with_every_field_of_the_page()
    {
        await using var sink = await CallbackSink.StartAsync();
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.App("contact").CallbackUrl = sink.Url;
        var add = wecom.Corp.Customers.Add("zhang", "wm1", new AddDetails { State = "expo <1> ]]> 渠道" });
        (await add.Delivered).ShouldHaveSingleItem().Acknowledged.ShouldBeTrue();
        sink.Requests.TryPeek(out var request).ShouldBeTrue();
        var xml = CallbackSink.Open(request);
        xml.Elements().Select(e => (e.Name.LocalName, e.Value)).ShouldBe(
        [
            ("ToUserName", SimulatorFixture.CorpId), ("FromUserName", "sys"), ("CreateTime", wecom.Clock.GetUtcNow().ToUnixTimeSeconds().ToString()),
            ("MsgType", "event"), ("Event", "change_external_contact"), ("ChangeType", "add_external_contact"), ("UserID", "zhang"), ("ExternalUserID", "wm1"),
            ("State", "expo <1> ]]> 渠道"), ("WelcomeCode", add.WelcomeCodes["contact"]),
        ]);
    }

    [Fact]
    public async Task Anything_but_200_is_tried_three_times_more_and_then_forgotten()
    {
        await using var sink = await CallbackSink.StartAsync();
        sink.Answer = (_, context) => Fail(context, 503);
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.App("contact").CallbackUrl = sink.Url;
        var outcome = (await wecom.Corp.Customers.Add("zhang", "wm1").Delivered).ShouldHaveSingleItem();
        (outcome.Acknowledged, outcome.Attempts).ShouldBe((false, 4));
        wecom.Simulator.Ledger.Callbacks.Select(c => (c.Attempt, c.Status)).ShouldBe([(1, 503), (2, 503), (3, 503), (4, 503)]);
        wecom.Simulator.Ledger.Unacknowledged.ShouldHaveSingleItem().Attempt.ShouldBe(4);
        sink.Requests.Select(r => r.Body).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public async Task By_the_other_reading_an_answer_is_final_and_only_a_broken_connection_is_tried_again()
    {
        await using var sink = await CallbackSink.StartAsync();
        sink.Answer = (number, context) =>
        {
            if (number == 1) context.Abort();
            return number == 2 ? Fail(context, 500) : Task.CompletedTask;
        };
        await using var wecom = await SimulatorFixture.StartAsync(o => o.Callbacks.Retry = RetryReading.ConnectionFailureOnly);
        wecom.Corp.App("contact").CallbackUrl = sink.Url;
        var outcome = (await wecom.Corp.Customers.Add("zhang", "wm1").Delivered).ShouldHaveSingleItem();
        (outcome.Acknowledged, outcome.Attempts).ShouldBe((false, 2));
        wecom.Simulator.Ledger.Callbacks.Select(c => (c.Status, c.Failure)).ShouldBe([(null, "connection"), (500, null)]);
    }

    [Fact]
    public async Task An_answer_that_takes_too_long_is_not_waited_for()
    {
        await using var sink = await CallbackSink.StartAsync();
        sink.Answer = (number, context) => number == 1 ? Task.Delay(Timeout.Infinite, context.RequestAborted) : Task.CompletedTask;
        await using var wecom = await SimulatorFixture.StartAsync(o =>
        {
            o.Callbacks.TimeOut = TimeSpan.FromSeconds(1);
            o.Callbacks.EncryptRetriesAnew = false;
        });
        wecom.Corp.App("contact").CallbackUrl = sink.Url;
        var outcome = (await wecom.Corp.Customers.Add("zhang", "wm1").Delivered).ShouldHaveSingleItem();
        outcome.Acknowledged.ShouldBeTrue();
        outcome.Attempts.ShouldBeGreaterThan(1);
        wecom.Simulator.Ledger.Callbacks[0].Failure.ShouldBe("time-out");
        sink.Requests.Select(r => r.Body).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Each_app_that_subscribes_gets_its_own_copy_with_its_own_code()
    {
        await using var first = await CallbackSink.StartAsync();
        await using var second = await CallbackSink.StartAsync();
        await using var wecom = await SimulatorFixture.StartAsync(o => o.Corps[0].Apps[1].Events = ["change_external_contact"]);
        wecom.Corp.App("contact").CallbackUrl = first.Url;
        wecom.Corp.App("second").CallbackUrl = second.Url;
        var add = wecom.Corp.Customers.Add("zhang", "wm1");
        (await add.Delivered).Select(o => o.App).ShouldBe(["contact", "second"]);
        (await wecom.Corp.Groups.Create("zhang", "G").Delivered).Select(o => o.App).ShouldBe(["contact"]);
        var codes = new[] { (first, "QDG6eK"), (second, "token2") }
            .Select(s => CallbackSink.Open(s.Item1.Requests.First(), s.Item2).Element("WelcomeCode")!.Value).ToList();
        codes.ShouldBe([add.WelcomeCodes["contact"], add.WelcomeCodes["second"]]);
        codes.ShouldBeUnique();
    }

    [Fact]
    public async Task An_app_set_to_json_gets_a_json_envelope_around_json()
    {
        await using var sink = await CallbackSink.StartAsync();
        await using var wecom = await SimulatorFixture.StartAsync(o => o.Callbacks.Format = CallbackFormat.Json);
        wecom.Corp.App("contact").CallbackUrl = sink.Url;
        var chat = wecom.Corp.Groups.Create("zhang", "G");
        await chat.Delivered;
        await wecom.Corp.Groups.Join(chat.SubjectId, ["wm1"]).Delivered;
        var request = sink.Requests.Last();
        var envelope = JsonNode.Parse(request.Body)!;
        (envelope.Text("tousername"), envelope.Text("agentid"), request.ContentType).ShouldBe((SimulatorFixture.CorpId, "1000002", "application/json"));
        using var crypto = new CallbackCrypto("QDG6eK", SimulatorFixture.Key, SimulatorFixture.CorpId);
        crypto.Open(request.Query["msg_signature"]!, request.Query["timestamp"]!, request.Query["nonce"]!, envelope.Text("encrypt"), out var message).ShouldBe(CallbackCryptoResult.Ok);
        var plain = JsonNode.Parse(message)!;
        (plain.Text("Event"), plain["MemChangeCnt"]!.GetValue<int>(), plain["MemChangeList"]!.List("Item").Count).ShouldBe(("change_external_chat", 1, 1));
        wecom.Simulator.Ledger.Callbacks[^1].Plaintext.ShouldBe(System.Text.Encoding.UTF8.GetString(message));
    }

    [Fact]
    public async Task A_receiver_id_of_its_own_is_sealed_in()
    {
        await using var sink = await CallbackSink.StartAsync();
        await using var wecom = await SimulatorFixture.StartAsync(o => o.Corps[0].Apps[0].ReceiverId = "");
        wecom.Corp.App("contact").CallbackUrl = sink.Url;
        await wecom.Corp.SendRaw("<xml><Event>any</Event></xml>").Delivered;
        CallbackSink.Open(sink.Requests.First(), receiver: "").Element("Event")!.Value.ShouldBe("any");
    }

    [Fact]
    public async Task What_is_still_being_delivered_at_the_end_is_written_down_as_stopped()
    {
        await using var sink = await CallbackSink.StartAsync();
        sink.Answer = (_, context) => Task.Delay(Timeout.Infinite, context.RequestAborted);
        var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.App("contact").CallbackUrl = sink.Url;
        var add = wecom.Corp.Customers.Add("zhang", "wm1");
        await wecom.DisposeAsync();
        (await add.Delivered).ShouldHaveSingleItem().Acknowledged.ShouldBeFalse();
        wecom.Simulator.Ledger.Callbacks.ShouldHaveSingleItem().Failure.ShouldBe("stopped");
    }

    private static Task Fail(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
