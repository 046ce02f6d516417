namespace WecomBridge.Simulator.Platform;

/// <summary>All that one corp remembers. Everything but the constants is touched only under <see cref="Gate"/>.</summary>
internal sealed class CorpState(string corpId, IReadOnlyList<SimulatedApp> apps, SeededIds ids, SimulatorOptions options)
{
    public Lock Gate { get; } = new();
    public string CorpId { get; } = corpId;
    public IReadOnlyList<SimulatedApp> Apps { get; } = apps;
    public SeededIds Ids { get; } = ids;
    public SimulatorOptions Options { get; } = options;
    public TimeProvider Time { get; } = options.TimeProvider;

    public Dictionary<string, SimulatedStaff> Staff { get; } = new(StringComparer.OrdinalIgnoreCase);
    public List<SimulatedDepartment> Departments { get; } = [new(1, "Head office", 0)];
    public Dictionary<string, SimulatedCustomer> Customers { get; } = new(StringComparer.Ordinal);
    public RelationTable Relations { get; } = new();
    public WelcomeCodes WelcomeCodes { get; } = new();
    public TagTable Tags { get; } = new();

    /// <summary>Each group's states with the moment each began, oldest first.</summary>
    public Dictionary<string, List<(DateTimeOffset At, SimulatedGroup Group)>> Groups { get; } = new(StringComparer.Ordinal);

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>The member, who is taken into the directory when unknown.</summary>
    public SimulatedStaff StaffMember(string userId)
    {
        if (Staff.TryGetValue(userId, out var known)) return known;
        return Staff[userId] = new SimulatedStaff(userId, userId);
    }

    /// <summary>The customer, who is given a plain profile when unknown.</summary>
    public SimulatedCustomer Customer(string externalUserId)
    {
        if (Customers.TryGetValue(externalUserId, out var known)) return known;
        return Customers[externalUserId] = new SimulatedCustomer(externalUserId, "Customer " + externalUserId[^Math.Min(4, externalUserId.Length)..]);
    }
}
