namespace WecomBridge.Simulator.Platform;

/// <summary>One occasion to greet: every app's code of one add leads here, and one greeting spends them all.</summary>
internal sealed class WelcomeOccasion(long number, SimulatedRelation relation, DateTimeOffset addedAt)
{
    public long Number { get; } = number;
    public SimulatedRelation Relation { get; } = relation;
    public DateTimeOffset AddedAt { get; } = addedAt;
    public bool Greeted { get; set; }

    /// <summary>The customer has not agreed to chat archiving yet (41053).</summary>
    public bool ConsentMissing { get; set; }
}

/// <summary>All codes ever issued; guarded by the corp's lock.</summary>
internal sealed class WelcomeCodes
{
    /// <summary>A code lives this long from the add (api.md 4).</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, (string App, WelcomeOccasion Occasion)> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<long, WelcomeOccasion> _latestOfAdd = [];

    /// <summary>A code for each app that is called back.</summary>
    public Dictionary<string, string> Issue(WelcomeOccasion occasion, IEnumerable<SimulatedApp> apps, SeededIds ids)
    {
        _latestOfAdd[occasion.Relation.AddNumber] = occasion;
        var codes = apps.ToDictionary(a => a.Name, _ => ids.Id("CODE", 32), StringComparer.Ordinal);
        foreach (var (app, code) in codes) _codes[code] = (app, occasion);
        return codes;
    }

    /// <summary>The occasion behind a code of this app; null for an unknown one.</summary>
    public WelcomeOccasion? Find(string code, string app) =>
        _codes.TryGetValue(code, out var found) && found.App == app ? found.Occasion : null;

    /// <summary>The occasion that an earlier half of the same add had.</summary>
    public WelcomeOccasion? OfAdd(long addNumber) => _latestOfAdd.GetValueOrDefault(addNumber);
}
