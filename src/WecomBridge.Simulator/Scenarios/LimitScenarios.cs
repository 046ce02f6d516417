using WecomBridge.Simulator.Faults;

namespace WecomBridge.Simulator.Scenarios;

/// <summary>Limits that are reached.</summary>
internal static class LimitScenarios
{
    private static readonly TimeSpan Block = TimeSpan.FromSeconds(60);

    private static readonly string[] Usual = ["externalcontact/get", "externalcontact/mark_tag", "externalcontact/remark", "externalcontact/send_welcome_msg"];
    private static readonly string[] Writes = ["externalcontact/mark_tag", "externalcontact/remark"];

    public static IEnumerable<Scenario> All =>
    [
        new(
            "burst",
            "A campaign: 50 customers a second.",
            "answers every callback within the five seconds and greets nearly everyone in time, greetings before all other calls.",
            stage => stage.CustomersComeAsync(50),
            TimeSpan.FromSeconds(10)),
        new(
            "minute-limit",
            "Each API may be called 20 times a minute; more customers come than that, and every call during the block of 60 s prolongs it.",
            "stops calling that API after the first 45009, waits out the minute, goes on by itself, and reports the greetings that came too late.",
            MinuteAsync,
            TimeSpan.FromSeconds(8)),
        new(
            "hour-limit",
            "The hour's budget of each API is spent after 20 calls; the block lasts an hour and is lifted at the end of the scenario.",
            "stops calling that API but for a rare probe, keeps its work for later, and says in health how long it waits.",
            async stage =>
            {
                var limits = stage.Options.Limits;
                stage.AtTheEnd(stage.Simulator.LiftLimits);
                stage.Set(limits.PerHour, Budget(stage), value => limits.PerHour = value);
                await stage.CustomersComeAsync(2).ConfigureAwait(false);
            }),
        new(
            "concurrency-45033",
            "No more than two calls of an API at once; every call takes 300 ms; ten customers come a second.",
            "lowers its parallelism until 45033 stops, and does all of its work a little later.",
            async stage =>
            {
                var options = stage.Options;
                stage.Set(options.ApiLatency, TimeSpan.FromMilliseconds(300), value => options.ApiLatency = value);
                foreach (var path in Usual)
                {
                    options.Limits.Concurrency[path] = 2;
                    stage.AtTheEnd(() => options.Limits.Concurrency.TryRemove(path, out _));
                }

                await stage.CustomersComeAsync(10).ConfigureAwait(false);
            },
            TimeSpan.FromSeconds(10),
            Scenario.BetweenGreetings),
        new(
            "write-conflict-45035",
            "Members edit each new customer three times in a row while tags and remarks take 300 ms to write, and somebody else writes too: some writes are answered 45035.",
            "writes one at a time for each customer, tries again after a second, and loses no write.",
            async stage =>
            {
                var options = stage.Options;
                stage.Set(options.ApiLatency, TimeSpan.FromMilliseconds(300), value => options.ApiLatency = value);
                foreach (var path in Writes) stage.Arm(new FaultRule { Kind = FaultKind.ErrorCode, ErrorCode = 45035, Pattern = path, Probability = 0.3 });
                await stage.CustomersComeAsync(1, async i =>
                {
                    var (user, customer) = stage.Add();
                    for (var edit = 1; edit <= 3; edit++)
                    {
                        await stage.PauseAsync(TimeSpan.FromMilliseconds(300)).ConfigureAwait(false);
                        stage.Happens(stage.Corp.Customers.Edit(user, customer, relation => relation with { Description = $"{i}.{edit}" }));
                    }
                }).ConfigureAwait(false);
            }),
    ];

    private static async Task MinuteAsync(ScenarioStage stage)
    {
        var limits = stage.Options.Limits;
        stage.AtTheEnd(stage.Simulator.LiftLimits);
        stage.Set(limits.PerMinute, Budget(stage), value => limits.PerMinute = value);
        stage.Set(limits.MinuteBlock, stage.Scaled(Block), value => limits.MinuteBlock = value);
        await stage.CustomersComeAsync(5).ConfigureAwait(false);
        await stage.PauseAsync(TimeSpan.FromSeconds(50)).ConfigureAwait(false);
    }

    /// <summary>20 calls; so few customers come at the short pace that three must do.</summary>
    private static int Budget(ScenarioStage stage) => stage.Scaled(Block) == Block ? 20 : 3;
}
