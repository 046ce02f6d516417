using WecomBridge.Simulator.Faults;

namespace WecomBridge.Simulator.Scenarios;

/// <summary>A platform that is slow, busy or broken.</summary>
internal static class PlatformScenarios
{
    private static readonly string[] Writes = ["externalcontact/mark_tag", "externalcontact/remark"];

    private static readonly FaultKind[] Broken = [FaultKind.ServerError, FaultKind.TruncatedJson, FaultKind.NullErrorCode, FaultKind.EmptyAnswer, FaultKind.HtmlAnswer, FaultKind.Drop];

    public static IEnumerable<Scenario> All =>
    [
        new(
            "slow-platform",
            "Half of all calls take four seconds; some answers trickle in byte by byte.",
            "keeps greeting in time beside the slow calls, gives up on none too early, and repeats no write that may have arrived.",
            stage =>
            {
                stage.Arm(new FaultRule { Kind = FaultKind.Delay, Probability = 0.4, Delay = stage.Scaled(TimeSpan.FromSeconds(4)) });
                stage.Arm(new FaultRule { Kind = FaultKind.SlowDrip, Probability = 0.2, Delay = stage.Scaled(TimeSpan.FromSeconds(4)) });
                return stage.CustomersComeAsync(3);
            },
            longestPause: Scenario.BetweenGreetings),
        new(
            "busy-platform",
            "A fifth of all calls is answered -1, system busy, gettoken among them.",
            "tries again after half a second, then after seconds, as long as a greeting is still in time; leaves the rest for later, and greets everyone.",
            stage =>
            {
                stage.Arm(new FaultRule { Kind = FaultKind.ErrorCode, ErrorCode = -1, Probability = 0.2 });
                return stage.CustomersComeAsync(3);
            },
            longestPause: Scenario.BetweenGreetings),
        new(
            "broken-answers",
            "502 pages, halved JSON, errcode null, empty bodies, HTML with 200, and aborted connections, in turn.",
            "takes each as an unknown outcome, tries again where that is safe, and doubles nobody.",
            stage =>
            {
                foreach (var kind in Broken)
                    stage.Arm(new FaultRule { Kind = kind, Pattern = "externalcontact/*", Probability = 0.12 });
                return stage.CustomersComeAsync(3);
            },
            longestPause: Scenario.BetweenGreetings),
        new(
            "unknown-code",
            "A third of all tag and remark calls is answered with a code that stands in no table.",
            "does not repeat the call, parks the work with the code for somebody to look at, and punishes no neighbour.",
            stage =>
            {
                foreach (var path in Writes) stage.Arm(new FaultRule { Kind = FaultKind.ErrorCode, ErrorCode = 999_999, Pattern = path, Probability = 0.33 });
                return stage.CustomersComeAsync(2);
            }),
        new(
            "relation-lag-84061",
            "For eight seconds after an add the platform does not know the relation yet and answers 84061.",
            "reads and writes again some seconds later, and takes 84061 as final only when the add is a minute old.",
            stage =>
            {
                var options = stage.Options;
                stage.Set(options.RelationLag, stage.Scaled(TimeSpan.FromSeconds(8)), value => options.RelationLag = value);
                return stage.CustomersComeAsync(1);
            }),
        new(
            "group-lag",
            "Customers join groups, and for five seconds groupchat/get answers the group as it was before.",
            "reads again until member_version is the event's, and ends with the true members.",
            stage =>
            {
                var options = stage.Options;
                stage.Set(options.GroupLag, stage.Scaled(TimeSpan.FromSeconds(5)), value => options.GroupLag = value);
                return stage.CustomersComeAsync(1, async i =>
                {
                    var (user, customer) = stage.Add();
                    var group = stage.Corp.Groups.Create(user, $"group {i}", customer);
                    stage.Happens(group);
                    await stage.PauseAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
                    stage.Happens(stage.Corp.Groups.Join(group.SubjectId, [stage.Add().ExternalUserId]));
                });
            }),
    ];
}
