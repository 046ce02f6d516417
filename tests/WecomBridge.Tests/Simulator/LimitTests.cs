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
        wecom.Clock.Move(TimeSpan.FromSeconds(59));
        (await CodeAsync(wecom)).ShouldBe(45009);
        wecom.Clock.Move(TimeSpan.FromSeconds(1));
        (await CodeAsync(wecom)).ShouldBe(0);
    }

    [Fact]
    public async Task The_hour_budget_blocks_for_sixty_minutes()
    {
        await using var wecom = await SimulatorFixture.StartAsync(o => o.Limits.PerHour = 2);
        await CodeAsync(wecom);
        await CodeAsync(wecom);
        (await CodeAsync(wecom)).ShouldBe(45009);
        wecom.Clock.Move(TimeSpan.FromMinutes(59));
        (await CodeAsync(wecom)).ShouldBe(45009);
        wecom.Clock.Move(TimeSpan.FromMinutes(1));
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
