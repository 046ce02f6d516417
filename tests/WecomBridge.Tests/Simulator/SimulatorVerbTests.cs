using WecomBridge.Demo;
using WecomBridge.Simulator.Scenarios;

namespace WecomBridge.Tests.Simulator;

public sealed class SimulatorVerbTests
{
    [Theory]
    [InlineData("list", 0)]
    [InlineData("nothing", 2)]
    public async Task A_name_that_is_none_gives_the_list(string name, int exitCode)
    {
        await using var console = new StringWriter();
        (await SimulatorVerb.PlayAsync(DemoSettings.Simulator(1), name, null, console, TestContext.Current.CancellationToken)).ShouldBe(exitCode);
        foreach (var scenario in Scenario.All) console.ToString().ShouldContain(scenario.Name);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080/callback/acme/contact", 0)]
    [InlineData("nowhere", 1)]
    public void Where_callbacks_go_can_be_told(string callback, int errors)
    {
        var parsed = SimulatorVerb.Create().Parse(["--callback", callback]);

        parsed.Errors.Count.ShouldBe(errors);
        if (errors == 0) parsed.GetValue<Uri>("--callback").ShouldBe(new Uri(callback));
    }

    [Fact]
    public async Task A_scenario_without_a_bridge_says_that_nobody_was_there()
    {
        await using var console = new StringWriter();
        var options = DemoSettings.Simulator(1);
        options.Corps[0].Apps[0].CallbackUrl = new Uri("http://127.0.0.1:1/callback/acme/contact");
        options.Callbacks.Retries = 0;
        (await SimulatorVerb.PlayAsync(options, "calm", TimeSpan.FromMilliseconds(200), console, TestContext.Current.CancellationToken)).ShouldBe(1);
        console.ToString().ShouldContain("6 came, 6 with a welcome code");
        console.ToString().ShouldContain("No callback was acknowledged");
    }
}
