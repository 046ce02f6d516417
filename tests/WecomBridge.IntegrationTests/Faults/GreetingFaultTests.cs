using WecomBridge.Contracts;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator.Faults;
using WecomBridge.Simulator.Platform;
using WecomBridge.Simulator.Traffic;

namespace WecomBridge.IntegrationTests.Faults;

/// <summary>F25 to F28: the greeting itself goes wrong. It is accepted once, in time, or missed with a reason.</summary>
[MostlyWaits]
public sealed class GreetingFaultTests(RabbitServer rabbit)
{
    private const string Greeting = "externalcontact/send_welcome_msg";
    private const int Customers = 20;

    [Fact]
    public async Task F25_half_add_and_add_both_with_codes_are_one_greeting()
    {
        await using var run = await RunAsync();
        var happenings = await TrafficDriver.RunAsync(run.World.WecomCorp, new TrafficPlan { AddsPerSecond = 20, Duration = TimeSpan.FromSeconds(1), HalfAdds = 1 }, seed: 25, CancellationToken.None);
        happenings.Count.ShouldBe(2 * Customers);
        happenings.ShouldAllBe(happening => happening.WelcomeCodes.Count == 1);
        (await run.Book.BalanceAsync(happenings)).ShouldBe(Customers);
        run.World.Simulator.Ledger.CallsOf(Greeting).Count(call => call.ErrorCode == 0).ShouldBe(Customers);
    }

    [Fact]
    public async Task F26_greeting_sent_and_answer_lost_is_tried_again_accepted_once_and_known_as_sent()
    {
        await using var run = await RunAsync();
        run.Arm(new FaultRule { Pattern = Greeting, Kind = FaultKind.AnswerLost, Times = Customers });
        (await run.Book.BalanceAsync(await run.ComeAsync())).ShouldBe(Customers);
        run.World.Simulator.Ledger.CallsOf(Greeting).Count.ShouldBeGreaterThan(Customers);
        run.World.Simulator.Ledger.CallsOf(Greeting).Count(call => call.ErrorCode == 0).ShouldBe(Customers);
    }

    [Theory]
    [InlineData(FaultKind.ServerError)]
    [InlineData(FaultKind.ErrorCode)]
    [InlineData(FaultKind.SlowDrip)]
    [InlineData(FaultKind.Hang)]
    [InlineData(FaultKind.TruncatedJson)]
    [InlineData(FaultKind.Drop)]
    public async Task F27_a_platform_that_fails_for_a_moment_is_asked_again_inside_the_deadline(FaultKind kind)
    {
        await using var run = await RunAsync();
        run.Arm(new FaultRule { Pattern = Greeting, Kind = kind, Times = Customers, Delay = TimeSpan.FromSeconds(6) });
        (await run.Book.BalanceAsync(await run.ComeAsync())).ShouldBe(Customers);
        run.World.Simulator.Ledger.AcceptedWelcomes.ShouldAllBe(welcome => welcome.AgeMs < 18_000);
    }

    [Theory]
    [InlineData(FaultKind.ServerError)]
    [InlineData(FaultKind.ErrorCode)]
    public async Task F27_a_platform_that_goes_on_failing_is_left_alone_at_the_deadline_and_the_customer_is_missed(FaultKind kind)
    {
        await using var run = await RunAsync(("Welcome:SendWithin", "00:00:04"));
        run.Arm(new FaultRule { Pattern = Greeting, Kind = kind });
        var adds = await run.ComeAsync();
        (await run.Book.BalanceAsync(adds)).ShouldBe(0);
        run.Book.SaidMissed.SelectMany(reasons => reasons).ShouldAllBe(reason => reason == WelcomeMissReasons.Unavailable);
        run.World.Simulator.Ledger.CallsOf(Greeting).Count.ShouldBeGreaterThan(Customers);
    }

    [Theory]
    [InlineData("https://no-such-host.invalid/")]
    [InlineData("TLS where none is spoken")]
    public async Task F27_a_platform_that_cannot_be_reached_means_missed_with_a_reason(string address)
    {
        var world = await World.StartAsync();
        var url = address.StartsWith("https") ? address : $"https://127.0.0.1:{world.Simulator.ApiBaseUrl.Port}/";
        await using var run = await RunAsync(world, ("Welcome:SendWithin", "00:00:04"), ("Wecom:ApiBaseUrl", url));
        (await run.Book.BalanceAsync(await run.ComeAsync())).ShouldBe(0);
        run.Book.SaidMissed.SelectMany(reasons => reasons).ShouldAllBe(reason => reason == WelcomeMissReasons.Unavailable);
    }

    [Fact]
    public async Task F28_greetings_that_are_too_old_are_never_called_and_fresh_ones_overtake_them()
    {
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        var settings = world.Settings(more: [("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()), ("Welcome:SendWithin", "00:00:05")]);
        settings["Roles:0"] = "Intake";
        await world.StartBridgeAsync(settings);
        await using var book = await GreetingBook.OpenAsync(world, broker);
        Population.Generate(world.Simulator, world.WecomCorp, new PopulationSize { Staff = 3, Customers = 600 });
        var old = await TrafficDriver.RunAsync(world.WecomCorp, new TrafficPlan { AddsPerSecond = 250, Duration = TimeSpan.FromSeconds(2) }, seed: 28, CancellationToken.None);
        await Task.Delay(TimeSpan.FromSeconds(6));

        var greeter = new Dictionary<string, string?>(settings) { ["urls"] = $"http://127.0.0.1:{FreePorts.Take()}", ["Spool:Path"] = Path.Combine(world.Folder, "spool-greeter.db"), ["Roles:0"] = "Welcome" };
        await world.StartBridgeAsync(greeter);
        var fresh = await TrafficDriver.RunAsync(world.WecomCorp, new TrafficPlan { AddsPerSecond = 20, Duration = TimeSpan.FromSeconds(2) }, seed: 29, CancellationToken.None);

        (await book.BalanceAsync([.. old, .. fresh])).ShouldBe(fresh.Count);
        world.Simulator.Ledger.AcceptedWelcomes.Select(welcome => welcome.ExternalUserId).ShouldBe(fresh.Select(add => add.SubjectId), ignoreOrder: true);
        world.Simulator.Ledger.CallsOf(Greeting).Count.ShouldBe(fresh.Count);
        old.SelectMany(add => book.SaidMissed[add.SubjectId]).ShouldAllBe(reason => reason == WelcomeMissReasons.Expired);
        world.Simulator.Ledger.AcceptedWelcomes.ShouldAllBe(welcome => welcome.AgeMs < 3_000);
    }

    private async Task<GreetingRun> RunAsync(params (string Key, string? Value)[] more) => await RunAsync(await World.StartAsync(), more);

    private async Task<GreetingRun> RunAsync(World world, params (string Key, string? Value)[] more)
    {
        var broker = await rabbit.NewVirtualHostAsync();
        await world.StartBridgeAsync(world.Settings(more: [("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()), .. more]));
        Population.Generate(world.Simulator, world.WecomCorp, new PopulationSize { Staff = 3, Customers = Customers });
        return new GreetingRun(world, await GreetingBook.OpenAsync(world, broker));
    }

    private sealed record GreetingRun(World World, GreetingBook Book) : IAsyncDisposable
    {
        public void Arm(FaultRule fault) => World.Simulator.Faults.Add(fault);

        public Task<IReadOnlyList<Happening>> ComeAsync() =>
            TrafficDriver.RunAsync(World.WecomCorp, new TrafficPlan { AddsPerSecond = Customers, Duration = TimeSpan.FromSeconds(1) }, seed: 26, CancellationToken.None);

        public async ValueTask DisposeAsync()
        {
            await Book.DisposeAsync();
            await World.DisposeAsync();
        }
    }
}
