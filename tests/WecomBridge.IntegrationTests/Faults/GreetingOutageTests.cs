using WecomBridge.Broker;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator.Traffic;

namespace WecomBridge.IntegrationTests.Faults;

/// <summary>F10 with greetings: while the broker is away, the instance that took the callback greets.</summary>
public sealed class GreetingOutageTests : IAsyncLifetime
{
    private const int AddsPerSecond = 20;
    private static readonly TimeSpan Away = TimeSpan.FromMinutes(2).Or(TimeSpan.FromSeconds(12));
    private static readonly TimeSpan Around = TimeSpan.FromSeconds(5);
    private readonly RabbitServer _rabbit = new();

    public async ValueTask InitializeAsync() => await _rabbit.InitializeAsync();

    public async ValueTask DisposeAsync() => await _rabbit.DisposeAsync();

    /// <summary>The short form stops the broker; F11 kills it under load.</summary>
    public static IEnumerable<TheoryDataRow<string>> Ways => LongRun.Wanted ? [new("stopped"), new("killed")] : [new("stopped")];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task F10_broker_away_under_adds_at_least_99_of_100_are_greeted_in_time(string how)
    {
        await using var world = await World.StartAsync();
        var settings = world.Settings(more: [("Broker:Transport", "RabbitMq"), ("Broker:Uri", _rabbit.Uri.ToString())]);
        var bridge = await world.StartBridgeAsync(settings);
        await using var book = await GreetingBook.OpenAsync(world, _rabbit.Uri);
        Population.Generate(world.Simulator, world.WecomCorp, new PopulationSize { Staff = 10, Customers = (int)(AddsPerSecond * (Away + (2 * Around)).TotalSeconds) });

        // A broker killed within a second of declaring a quorum queue loses that queue.
        await Task.Delay(2000);
        var coming = TrafficDriver.RunAsync(world.WecomCorp, new TrafficPlan { AddsPerSecond = AddsPerSecond, Duration = Away + (2 * Around) }, seed: 1, CancellationToken.None);
        await Task.Delay(Around);
        await (how == "stopped" ? _rabbit.StopAppAsync() : _rabbit.KillAsync());
        await Task.Delay(Away);
        bridge.Get<DirectGate>().ClosedSince.ShouldNotBeNull();
        var greetedWhileAway = world.Simulator.Ledger.AcceptedWelcomes.Count;
        greetedWhileAway.ShouldBeGreaterThan((int)(AddsPerSecond * Away.TotalSeconds * 0.9));
        await (how == "stopped" ? _rabbit.StartAppAsync() : _rabbit.StartAsync());

        var adds = await coming;
        var greeted = await book.BalanceAsync(adds);
        ((double)greeted / adds.Count).ShouldBeGreaterThanOrEqualTo(0.99, $"{greeted} of {adds.Count} greeted");
        await Eventually.BecomesTrueAsync("intake is direct again", () => bridge.Get<DirectGate>().ClosedSince is null);
        TestContext.Current.TestOutputHelper!.WriteLine($"broker {how} for {Away.TotalSeconds:0} s at {AddsPerSecond} adds/s: {greeted} of {adds.Count} greeted, slowest {world.Simulator.Ledger.AcceptedWelcomes.Max(welcome => welcome.AgeMs):0} ms");
    }
}
