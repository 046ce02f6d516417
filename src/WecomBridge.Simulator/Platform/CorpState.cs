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
    public MediaShelf Media { get; } = new();
    public Dictionary<string, SimulatedLink> Links { get; } = new(StringComparer.Ordinal);
    public RecordShelf ContactWays { get; } = new();
    public RecordShelf JoinWays { get; } = new();
    public RecordShelf WelcomeTemplates { get; } = new();
    public RecordShelf MassMessages { get; } = new();
    public RecordShelf Moments { get; } = new();
    public RecordShelf Jobs { get; } = new();
    public TransferTable Transfers { get; } = new();
    public CorpCounters Counters { get; } = new();
    public CustomerServiceTable CustomerService { get; } = new();

    /// <summary>Keys of <c>message_from_customer</c> events.</summary>
    public Dictionary<string, (string LinkId, string ExternalUserId, DateTimeOffset At)> ChatKeys { get; } = new(StringComparer.Ordinal);

    /// <summary>Messages to members that can still be recalled or changed.</summary>
    public Dictionary<string, (string App, DateTimeOffset At)> Messages { get; } = new(StringComparer.Ordinal);

    /// <summary>Tickets by owner: the corp or an app.</summary>
    public Dictionary<string, (string Value, DateTimeOffset Until)> Tickets { get; } = new(StringComparer.Ordinal);

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
