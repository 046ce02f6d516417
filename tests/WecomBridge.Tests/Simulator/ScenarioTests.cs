using WecomBridge.Simulator.Scenarios;

namespace WecomBridge.Tests.Simulator;

public sealed class ScenarioTests
{
    [Fact]
    public void Names_are_short_and_unique_and_every_scenario_says_what_it_plays_and_expects()
    {
        Scenario.All.Select(s => s.Name).ShouldBeUnique();
        Scenario.All.Count.ShouldBe(ScenarioChecks.Played.Count);
        foreach (var scenario in Scenario.All)
        {
            scenario.Name.ShouldMatch("^[a-z0-9-]{4,26}$");
            scenario.Plays.ShouldEndWith(".");
            scenario.Expects.ShouldEndWith(".");
            Scenario.Find(scenario.Name.ToUpperInvariant()).ShouldBeSameAs(scenario);
        }

        Scenario.Find("nothing").ShouldBeNull();
    }

    [Fact]
    public async Task A_scenario_that_is_stopped_sets_everything_back()
    {
        await using var bridge = await NaiveBridge.StartAsync();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var scenario = Scenario.Find("ip-60020")!;
        await Should.ThrowAsync<OperationCanceledException>(() => scenario.RunAsync(bridge.Simulator, bridge.Simulator.Wecom.Corp(), 1, stop.Token));
        bridge.Simulator.Wecom.Corp().App().AddressTrusted.ShouldBeTrue();
    }
}

/// <summary>Greetings and callbacks that go wrong, in the brief form.</summary>
public sealed class GreetingScenarioTests
{
    public static TheoryData<string> Names => ScenarioChecks.Between("calm", "burst");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_scenario_plays_what_it_says(string name) => await ScenarioChecks.PlayAsync(name);
}

/// <summary>Limits and rights.</summary>
public sealed class LimitScenarioTests
{
    public static TheoryData<string> Names => ScenarioChecks.Between("burst", "slow-platform");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_scenario_plays_what_it_says(string name) => await ScenarioChecks.PlayAsync(name);
}

/// <summary>A platform that is slow, busy or broken.</summary>
public sealed class PlatformScenarioTests
{
    public static TheoryData<string> Names => ScenarioChecks.Between("slow-platform", null);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_scenario_plays_what_it_says(string name) => await ScenarioChecks.PlayAsync(name);
}
