using Microsoft.AspNetCore.Http;
using WecomBridge.Simulator;
using WecomBridge.Simulator.Platform;

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
            o.Callbacks.TimeOut = TimeSpan.FromMilliseconds(200);
            o.Callbacks.EncryptRetriesAnew = false;
        });
        wecom.Corp.App("contact").CallbackUrl = sink.Url;
        var outcome = (await wecom.Corp.Customers.Add("zhang", "wm1").Delivered).ShouldHaveSingleItem();
        (outcome.Acknowledged, outcome.Attempts).ShouldBe((true, 2));
        wecom.Simulator.Ledger.Callbacks[0].Failure.ShouldBe("time-out");
        sink.Requests.Select(r => r.Body).Distinct().ShouldHaveSingleItem();
    }

    private static Task Fail(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
