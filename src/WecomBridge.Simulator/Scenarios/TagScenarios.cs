using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Scenarios;

/// <summary>Administrators and other systems at the tags that a bridge keeps.</summary>
internal static class TagScenarios
{
    public static IEnumerable<Scenario> All =>
    [
        new(
            "tag-group-deleted",
            "While customers come, an administrator deletes the tag group that most customers have a tag of.",
            "does not create it again, names it in health, and goes on to set the tags of other groups.",
            stage => HalfwayAsync(stage, group => stage.Happens(stage.Corp.Tags.Delete(group.Id)))),
        new(
            "tag-group-renamed",
            "While customers come, an administrator renames the tag group that most customers have a tag of, and its tags.",
            "goes on to set the same tags, neither renames them back nor creates new ones, and names both names in health.",
            stage => HalfwayAsync(stage, group =>
            {
                stage.Happens(stage.Corp.Tags.Rename(group.Id, Renamed(group.Name)));
                foreach (var tag in group.Tags) stage.Happens(stage.Corp.Tags.Rename(tag.Id, Renamed(tag.Name)));
            })),
        new(
            "other-system-tags",
            "Another system sets a tag on each new customer by API, and takes the others away from every second one, which nothing calls back; later the member edits the description.",
            "takes both as a person's doing: it removes nothing and sets nothing again, and tells the changes as manual when it next looks.",
            async stage =>
            {
                var seen = stage.Corp.Tags.FindId("Other system", "Seen") ?? CreateTag(stage);
                await stage.CustomersComeAsync(1, async i =>
                {
                    var (user, customer) = stage.Add();
                    await stage.PauseAsync(TimeSpan.FromSeconds(4)).ConfigureAwait(false);
                    stage.Corp.Customers.MarkTags(user, customer, [seen], i % 2 == 0 ? [] : stage.Corp.Customers.Relation(user, customer)!.TagIds);
                    stage.Happens(stage.Corp.Customers.Edit(user, customer, relation => relation with { Description = $"seen {i}" }));
                }).ConfigureAwait(false);
            }),
    ];

    private static async Task HalfwayAsync(ScenarioStage stage, Action<SimulatedTagGroup> act)
    {
        await stage.CustomersComeAsync(1).ConfigureAwait(false);
        await stage.PauseAsync(TimeSpan.FromSeconds(2)).ConfigureAwait(false);
        if (stage.Corp.Tags.Groups.MaxBy(group => stage.Corp.Customers.Relations.Count(relation => group.Tags.Exists(tag => relation.TagIds.Contains(tag.Id)))) is { } group) act(group);
        await stage.CustomersComeAsync(1).ConfigureAwait(false);
    }

    private static string Renamed(string name) => name + " (old)";

    private static string CreateTag(ScenarioStage stage)
    {
        var created = stage.Corp.Tags.CreateGroup("Other system", "Seen");
        foreach (var happening in created) stage.Happens(happening);
        return created[1].SubjectId;
    }
}
