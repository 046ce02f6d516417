using WecomBridge.Simulator.Faults;

namespace WecomBridge.Simulator.Scenarios;

/// <summary>What people do while a bridge is at work, and what it is never told of.</summary>
internal static class PeopleScenarios
{
    public static IEnumerable<Scenario> All =>
    [
        new(
            "staff-edits-between",
            "Whenever the bridge has read a customer and is about to write tags, the member has just set one by hand; later the member edits the remark.",
            "writes its own tags beside, and never takes away the tag that the member set.",
            async stage =>
            {
                var byHand = stage.Corp.Tags.FindId("By hand", "VIP") ?? CreateTag(stage);
                var intervention = new Intervention
                {
                    Pattern = "externalcontact/mark_tag",
                    Act = call => SetByHand(stage, call, byHand),
                };
                stage.Simulator.Interventions.Add(intervention);
                stage.AtTheEnd(() => stage.Simulator.Interventions.Remove(intervention));
                await stage.CustomersComeAsync(1, async i =>
                {
                    var (user, customer) = stage.Add();
                    await stage.PauseAsync(TimeSpan.FromSeconds(2)).ConfigureAwait(false);
                    stage.Happens(stage.Corp.Customers.Edit(user, customer, relation => relation with { Description = $"seen {i}" }));
                }).ConfigureAwait(false);
            }),
        new(
            "group-gap",
            "Customers join and leave groups, and a third of the callbacks about groups is never sent; at last each group gets another name.",
            "reads the groups whose version chain is broken, tells of each member once, and ends with the true members.",
            async stage =>
            {
                var groups = new List<string>();
                var lost = stage.Arm(new FaultRule { Target = FaultTarget.Callback, Kind = FaultKind.Drop, Pattern = "change_external_chat/*", Probability = 0.33 });
                await stage.CustomersComeAsync(1, async i =>
                {
                    var (user, customer) = stage.Add();
                    var group = stage.Corp.Groups.Create(user, $"group {i}", customer);
                    groups.Add(group.SubjectId);
                    stage.Happens(group);
                    await stage.PauseAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
                    var second = stage.Add().ExternalUserId;
                    stage.Happens(stage.Corp.Groups.Join(group.SubjectId, [second, stage.Add().ExternalUserId]));
                    await stage.PauseAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
                    stage.Happens(stage.Corp.Groups.Leave(group.SubjectId, [second]));
                }).ConfigureAwait(false);
                stage.Simulator.Faults.Remove(lost);
                foreach (var chatId in groups.ToList()) stage.Happens(stage.Corp.Groups.Rename(chatId, "renamed"));
            }),
    ];

    private static string CreateTag(ScenarioStage stage)
    {
        var created = stage.Corp.Tags.CreateGroup("By hand", "VIP");
        foreach (var happening in created) stage.Happens(happening);
        return created[1].SubjectId;
    }

    private static void SetByHand(ScenarioStage stage, CallAtHand call, string tagId)
    {
        if (call.UserId is not { } user || call.ExternalUserId is not { } customer) return;
        if (call.Corp.Customers.Relation(user, customer) is { } relation && !relation.TagIds.Contains(tagId)) stage.Happens(call.Corp.Customers.EditTags(user, customer, [tagId], []));
    }
}
