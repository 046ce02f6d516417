using WecomBridge.Simulator;

namespace WecomBridge.Tests.Simulator;

public sealed class LimitTests
{
    [Fact]
    public async Task The_minute_budget_is_the_corps_per_api_and_blocks_for_sixty_seconds()
    {
        await using var wecom = await SimulatorFixture.StartAsync(o => o.Limits.PerMinute = 2);
        (await CodeAsync(wecom)).ShouldBe(0);
        (await CodeAsync(wecom)).ShouldBe(0);
        (await CodeAsync(wecom)).ShouldBe(45009);
        (await wecom.GetAsync("get_api_domain_ip")).Code().ShouldBe(0);
        wecom.Clock.Move(TimeSpan.FromSeconds(60));
        (await CodeAsync(wecom)).ShouldBe(0);
    }

    [Theory]
    [InlineData(true, 45009)]
    [InlineData(false, 0)]
    public async Task A_call_during_a_block_starts_it_anew_where_that_reading_holds(bool prolong, int later)
    {
        await using var wecom = await SimulatorFixture.StartAsync(o => (o.Limits.PerMinute, o.Limits.CallsProlongBlocks) = (1, prolong));
        await CodeAsync(wecom);
        (await CodeAsync(wecom)).ShouldBe(45009);
        wecom.Clock.Move(TimeSpan.FromSeconds(59));
        (await CodeAsync(wecom)).ShouldBe(45009);
        wecom.Clock.Move(TimeSpan.FromSeconds(1));
        (await CodeAsync(wecom)).ShouldBe(later);
    }

    [Theory]
    [InlineData(RateWindowKind.Fixed, 0)]
    [InlineData(RateWindowKind.Sliding, 45009)]
    public async Task A_minute_is_counted_from_its_first_call_or_backwards_from_every_moment(RateWindowKind window, int code)
    {
        await using var wecom = await SimulatorFixture.StartAsync(o => (o.Limits.PerMinute, o.Limits.Window) = (3, window));
        await CodeAsync(wecom);
        wecom.Clock.Move(TimeSpan.FromSeconds(50));
        await CodeAsync(wecom);
        await CodeAsync(wecom);
        wecom.Clock.Move(TimeSpan.FromSeconds(10));
        (await CodeAsync(wecom)).ShouldBe(0);
        (await CodeAsync(wecom)).ShouldBe(code);
        wecom.Simulator.RateOf("getcallbackip").PeakPerMinute.ShouldBe(4);
        wecom.Simulator.RateOf("getcallbackip").Refused.ShouldBe(code == 0 ? 0 : 1);
    }

    [Fact]
    public async Task Blocks_and_bans_can_be_lifted()
    {
        await using var wecom = await SimulatorFixture.StartAsync(o => (o.Limits.PerHour, o.Limits.WrongSecrets) = (1, 0));
        await CodeAsync(wecom);
        (await CodeAsync(wecom)).ShouldBe(45009);
        await wecom.TokenAsync("wrong");
        wecom.Simulator.LiftLimits();
        (await CodeAsync(wecom)).ShouldBe(0);
        (await wecom.TokenAsync()).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Debugging_is_for_five_calls_a_minute()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        for (var i = 0; i < 5; i++) (await wecom.GetAsync("getcallbackip?debug=1")).Code().ShouldBe(0);
        (await wecom.GetAsync("getcallbackip?debug=1")).Code().ShouldBe(45009);
        (await CodeAsync(wecom)).ShouldBe(0);
    }

    [Theory]
    [InlineData("externalcontact/mark_tag")]
    [InlineData("externalcontact/remark")]
    public async Task Two_writers_of_one_relation_at_once_are_one_too_many(string path)
    {
        await using var wecom = await SimulatorFixture.StartAsync(o => o.ApiLatency = TimeSpan.FromSeconds(1));
        wecom.Corp.Customers.Add("zhang", "wm1");
        wecom.Corp.Customers.Add("zhang", "wm2");
        var tag = wecom.Corp.Tags.CreateGroup("Channel", "Store")[1].SubjectId;
        await wecom.GetAsync("getcallbackip");
        var answers = await Task.WhenAll(
            wecom.PostAsync("externalcontact/mark_tag", new { userid = "zhang", external_userid = "wm1", add_tag = new[] { tag } }),
            wecom.PostAsync(path, new { userid = "ZHANG", external_userid = "wm1", add_tag = new[] { tag }, remark = "r" }),
            wecom.PostAsync(path, new { userid = "zhang", external_userid = "wm2", add_tag = new[] { tag }, remark = "r" }));
        answers.Select(a => a.Code()).Order().ShouldBe([0, 0, 45035]);
    }

    [Fact]
    public async Task Concurrency_can_be_limited_for_one_path_and_its_peak_is_known()
    {
        await using var wecom = await SimulatorFixture.StartAsync(o =>
        {
            o.ApiLatency = TimeSpan.FromSeconds(1);
            o.Limits.Concurrency["get_api_domain_ip"] = 1;
        });
        await wecom.GetAsync("getcallbackip");
        var answers = await Task.WhenAll(wecom.GetAsync("get_api_domain_ip"), wecom.GetAsync("get_api_domain_ip"));
        answers.Select(a => a.Code()).Order().ShouldBe([0, 45033]);
        wecom.Simulator.RateOf("get_api_domain_ip").PeakConcurrent.ShouldBe(2);
    }


    [Fact]
    public async Task The_hour_budget_blocks_for_sixty_minutes()
    {
        await using var wecom = await SimulatorFixture.StartAsync(o => o.Limits.PerHour = 2);
        await CodeAsync(wecom);
        await CodeAsync(wecom);
        (await CodeAsync(wecom)).ShouldBe(45009);
        wecom.Clock.Move(TimeSpan.FromMinutes(60));
        (await CodeAsync(wecom)).ShouldBe(0);
    }

    [Fact]
    public async Task Too_many_list_calls_at_once_are_refused()
    {
        await using var wecom = await SimulatorFixture.StartAsync(o =>
        {
            o.ApiLatency = TimeSpan.FromSeconds(1);
            o.Limits.ListConcurrency = 3;
        });
        await wecom.TokenAsync();
        await wecom.GetAsync("getcallbackip");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => wecom.GetAsync("externalcontact/get_follow_user_list")));
        answers.Count(a => a.Code() == 45033).ShouldBe(3);
        wecom.Simulator.Ledger.CallsOf("externalcontact/get_follow_user_list").Max(c => c.Concurrent).ShouldBeGreaterThan(3);
    }

    private static async Task<int> CodeAsync(SimulatorFixture wecom) => (await wecom.GetAsync("getcallbackip")).Code();
}
