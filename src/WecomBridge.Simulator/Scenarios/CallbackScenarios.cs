using WecomBridge.Simulator.Faults;

namespace WecomBridge.Simulator.Scenarios;

/// <summary>What can happen to callbacks on their way.</summary>
internal static class CallbackScenarios
{
    public static IEnumerable<Scenario> All =>
    [
        new(
            "duplicate-callbacks",
            "Every callback is delivered twice at the same moment, each time encrypted anew.",
            "acknowledges both, makes one event of them, and greets every customer once.",
            stage =>
            {
                stage.Arm(new FaultRule { Target = FaultTarget.Callback, Kind = FaultKind.Duplicate });
                return stage.CustomersComeAsync(2);
            }),
        new(
            "callbacks-out-of-order",
            "Each customer is added, edited and leaves within seconds, and the callbacks overtake one another.",
            "ends at the platform's truth whatever the order, and greets at most once.",
            async stage =>
            {
                stage.Arm(new FaultRule { Target = FaultTarget.Callback, Kind = FaultKind.Reorder, Probability = 0.5, Delay = stage.Scaled(TimeSpan.FromSeconds(3)) });
                await stage.CustomersComeAsync(1, async i =>
                {
                    var (user, customer) = stage.Add();
                    stage.Happens(stage.Corp.Customers.Edit(user, customer, relation => relation with { Remark = $"guest {i}" }));
                    await stage.PauseAsync(TimeSpan.FromSeconds(2)).ConfigureAwait(false);
                    if (i % 2 == 1) stage.Happens(stage.Corp.Customers.LeaveByCustomer(user, customer));
                }).ConfigureAwait(false);
            }),
        new(
            "late-callbacks",
            "Half of the callbacks are ten seconds on the way.",
            "greets these as well, since eight seconds are left, before anything that can wait.",
            stage =>
            {
                stage.Arm(new FaultRule { Target = FaultTarget.Callback, Kind = FaultKind.Delay, Probability = 0.5, Delay = stage.Scaled(TimeSpan.FromSeconds(10)) });
                return stage.CustomersComeAsync(2);
            }),
        new(
            "unknown-events",
            "Events that nobody has heard of, and plaintexts that are no XML, come between the adds.",
            "acknowledges them all, keeps what it cannot read as callback.unrecognized, and goes on greeting.",
            stage => stage.CustomersComeAsync(1, i =>
            {
                stage.Add();
                stage.Happens(stage.Corp.SendRaw(i % 2 == 0 ? $"<xml><CreateTime>{i}</CreateTime><MsgType>event</MsgType><Event>brand_new</Event><Thing>{i}</Thing></xml>" : $"no xml at all {i}"));
                return Task.CompletedTask;
            })),
    ];
}
