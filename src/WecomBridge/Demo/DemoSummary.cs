using WecomBridge.Simulator;
using WecomBridge.Simulator.Platform;
using WecomBridge.State;

namespace WecomBridge.Demo;

/// <summary>The closing summary: what the story calls for, compared with what the simulated WeCom has seen and with what State holds.</summary>
internal static class DemoSummary
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until everything is there or patience ends, then prints one line a check.</summary>
    /// <returns>Whether every check holds.</returns>
    public static async Task<bool> WaitAndPrintAsync(TextWriter console, WecomSimulator simulator, DemoStory story, DemoNarrator narrator, IServiceProvider services, CancellationToken cancellationToken)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var database = services.GetRequiredService<IStateDatabase>();
        var started = time.GetTimestamp();
        List<(string What, int Expected, int Found)> checks;
        do
        {
            await Task.Delay(Pause, time, cancellationToken);
            checks = await CheckAsync(simulator, story, narrator, database, cancellationToken);
        }
        while (checks.Exists(check => check.Expected != check.Found) && time.GetElapsedTime(started) < Patience);

        console.WriteLine();
        console.WriteLine("Summary, checked against the simulator's ledger:");
        foreach (var (what, expected, found) in checks) console.WriteLine($"  {(expected == found ? "✔" : "✘")} {what,-62} {found} of {expected}");
        var slowest = simulator.Ledger.AcceptedWelcomes.Select(welcome => welcome.AgeMs).DefaultIfEmpty().Max();
        console.WriteLine($"    slowest greeting {slowest / 1000:0.0} s after the add (WeCom's limit is 20 s)");
        return checks.TrueForAll(check => check.Expected == check.Found);
    }

    private static async Task<List<(string What, int Expected, int Found)>> CheckAsync(WecomSimulator simulator, DemoStory story, DemoNarrator narrator, IStateDatabase database, CancellationToken cancellationToken)
    {
        var ledger = simulator.Ledger;
        var corp = simulator.Wecom.Corp();
        var tagged = story.Adds.Count(add => add.Tag is not null);
        var known = story.Adds.Count(add => add.Remark.Length > 0);
        var group = await database.ReadAsync(session => GroupStore.FindAsync(session, DemoSettings.Corp, story.ChatId), cancellationToken);
        var left = await database.ReadAsync(session => RelationStore.FindAsync(session, new RelationKey(DemoSettings.Corp, story.Left.UserId, story.Left.ExternalUserId)), cancellationToken);
        return
        [
            ("callbacks acknowledged", story.Happenings.Count, ledger.Acknowledged.Select(callback => callback.Event).Distinct().Count()),
            ("callbacks that became an event", story.Happenings.Count, narrator.Events.Count(name => name.Split('.')[0] is "customer" || name is "group.created" or "group.members_added")),
            ("customers greeted, each once", story.Adds.Count, ledger.DoubleWelcomes.Count == 0 ? ledger.AcceptedWelcomes.Count : -1),
            ("greetings announced (welcome.sent)", story.Adds.Count, narrator.Events.Count(name => name == "welcome.sent")),
            ("customers with the tag of their channel", tagged, story.Adds.Count(add => add.Tag is not null && TagsOf(corp, add) is [var only] && only == add.Tag)),
            ("customers without a channel left untagged", story.Adds.Count - tagged, story.Adds.Count(add => add.Tag is null && TagsOf(corp, add).Count == 0)),
            ("customers the CRM knows, shown to staff by their remark", known, story.Adds.Count(add => add.Remark.Length > 0 && Remark(corp, add) == add.Remark)),
            ("customers the CRM does not know, remark left alone", story.Adds.Count - known, story.Adds.Count(add => add.Remark.Length == 0 && Remark(corp, add).Length == 0)),
            ("members of the group known", corp.Groups.Find(story.ChatId).Members.Count, group?.Members.Count ?? 0),
            ("customers known to have left", 1, left?.Status == RelationStatus.LeftByCustomer ? 1 : 0),
        ];
    }

    private static List<string> TagsOf(SimulatedCorp corp, DemoAdd add)
    {
        var names = corp.Tags.Groups.SelectMany(group => group.Tags).ToDictionary(tag => tag.Id, tag => tag.Name, StringComparer.Ordinal);
        return [.. corp.Customers.Relation(add.UserId, add.ExternalUserId)!.TagIds.Select(id => names[id])];
    }

    private static string Remark(SimulatedCorp corp, DemoAdd add) => corp.Customers.Relation(add.UserId, add.ExternalUserId)!.Remark;
}
