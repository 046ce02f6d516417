using WecomBridge.Simulator;
using WecomBridge.Simulator.Crm;
using WecomBridge.Simulator.Platform;
using WecomBridge.Simulator.Traffic;

namespace WecomBridge.Demo;

/// <summary>An add of the story and what must come of it.</summary>
/// <param name="UserId">The staff member.</param>
/// <param name="ExternalUserId">The customer.</param>
/// <param name="Channel">State of the scanned code; empty when the customer came otherwise.</param>
/// <param name="Remark">What the CRM lets staff see, or empty when it does not know the customer.</param>
internal sealed record DemoAdd(string UserId, string ExternalUserId, string Channel, string Remark)
{
    /// <summary>Name of the channel's tag, or null.</summary>
    public string? Tag => Channel.StartsWith("store-", StringComparison.Ordinal) ? "Store" : Channel.StartsWith("expo-", StringComparison.Ordinal) ? "Expo" : null;
}

/// <summary>What happens in the demo: staff gain customers from three channels, a group changes, a customer leaves.</summary>
internal sealed class DemoStory
{
    private const int Customers = 9;
    private static readonly string[] Channels = ["store-1", "expo-2026", ""];
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(350);
    private readonly WecomSimulator _simulator;
    private readonly DemoNarrator _narrator;
    private readonly SimulatedCorp _corp;
    private readonly People _people;

    public DemoStory(WecomSimulator simulator, DemoNarrator narrator)
    {
        (_simulator, _narrator, _corp) = (simulator, narrator, simulator.Wecom.Corp());
        _people = Population.Generate(simulator, _corp, new PopulationSize { Staff = 4, Customers = 200, KnownToCrm = 0 });
        foreach (var staff in _people.Staff) narrator.Know(staff.UserId, staff.Name);
        foreach (var customer in _people.Customers) narrator.Know(customer.ExternalUserId, customer.Name);
    }

    public List<DemoAdd> Adds { get; } = [];

    public List<Happening> Happenings { get; } = [];

    /// <summary>The group of the story.</summary>
    public string ChatId { get; private set; } = "";

    /// <summary>Who deleted their staff member.</summary>
    public DemoAdd Left => Adds[^1];

    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        for (var n = 0; n < Customers; n++)
        {
            await AddAsync(n, known: n % 2 == 0, cancellationToken);
            await Task.Delay(Beat, cancellationToken);
        }

        _narrator.Say($"{Name(Adds[0].UserId)} opens a group with {Name(Adds[0].ExternalUserId)}; two more join by its code");
        await HappenAsync(_corp.Groups.Create(Adds[0].UserId, "Friends of the shop", Adds[0].ExternalUserId), cancellationToken);
        ChatId = _corp.Groups.All[0].ChatId;
        await HappenAsync(_corp.Groups.Join(ChatId, [Adds[1].ExternalUserId, Adds[2].ExternalUserId]), cancellationToken);
        await Task.Delay(Beat, cancellationToken);

        _narrator.Say($"{Name(Left.ExternalUserId)} deletes {Name(Left.UserId)}");
        await HappenAsync(_corp.Customers.LeaveByCustomer(Left.UserId, Left.ExternalUserId), cancellationToken);
    }

    /// <summary>New customers until cancelled or until everybody has come.</summary>
    public async Task GoOnAsync(CancellationToken cancellationToken)
    {
        for (var n = Customers; n < _people.Customers.Count; n++)
        {
            await AddAsync(n, known: n % 3 == 0, cancellationToken);
            await Task.Delay(Beat * 8, cancellationToken);
        }
    }

    private async Task AddAsync(int number, bool known, CancellationToken cancellationToken)
    {
        var staff = _people.Staff[number % _people.Staff.Count].UserId;
        var customer = _people.Customers[number];
        var channel = Channels[number % Channels.Length];
        var inCrm = known ? PutIntoCrm(customer, number) : null;
        Adds.Add(new DemoAdd(staff, customer.ExternalUserId, channel, inCrm is null ? "" : $"{inCrm.Name} {inCrm.Level}"));
        _narrator.Say($"{Name(customer.ExternalUserId)} {(channel.Length == 0 ? "finds" : $"scans the code {channel} of")} {Name(staff)}{(known ? " (the CRM knows this customer)" : "")}");
        await HappenAsync(_corp.Customers.Add(staff, customer.ExternalUserId, new AddDetails { State = channel }), cancellationToken);
    }

    private CrmCustomer PutIntoCrm(SimulatedCustomer customer, int number)
    {
        var unionId = customer.UnionId ?? $"oDEMO{number:0000}";
        _corp.Customers.Put(customer with { UnionId = unionId });
        var inCrm = new CrmCustomer($"c-{number:0000}", _people.Customers[^(number + 1)].Name.Split(' ')[0]) { Level = number % 4 == 0 ? "gold" : "silver", UnionId = unionId };
        _simulator.Crm.Put(inCrm);
        return inCrm;
    }

    private async Task HappenAsync(Happening happening, CancellationToken cancellationToken)
    {
        Happenings.Add(happening);
        await happening.Delivered.WaitAsync(cancellationToken);
    }

    private string Name(string id) => _narrator.Name(id);
}
