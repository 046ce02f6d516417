using WecomBridge.Contracts;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.IntegrationTests.Servers;

/// <summary>Holds what customers saw against what the bridge told its subscribers: every add greeted once, or missed with a reason.</summary>
internal sealed class GreetingBook : IAsyncDisposable
{
    private readonly World _world;
    private readonly Subscriber _events;

    private GreetingBook(World world, Subscriber events) => (_world, _events) = (world, events);

    public static async Task<GreetingBook> OpenAsync(World world, Uri broker) => new(world, await Subscriber.BindAsync(broker, Exchanges.Events, "v1.*.welcome.#"));

    /// <summary>Customers of whom the bridge said that they were greeted.</summary>
    public IReadOnlySet<string> SaidSent => _events.Of("welcome.sent").Select(message => message.Headers["cloudEvents_subject"]).ToHashSet();

    /// <summary>Customers of whom the bridge said why they were not, with the reason.</summary>
    public ILookup<string, string> SaidMissed => _events.Of("welcome.missed").DistinctBy(message => message.MessageId)
        .ToLookup(message => message.Headers["cloudEvents_subject"], message => message.Json.GetProperty("data").GetProperty("reason").GetString()!);

    /// <summary>Waits until the bridge has spoken of every customer, then checks what it said; returns how many were greeted.</summary>
    public async Task<int> BalanceAsync(IReadOnlyCollection<Happening> adds)
    {
        foreach (var add in adds) (await add.Delivered).ShouldAllBe(outcome => outcome.Acknowledged);
        var customers = adds.Select(add => add.SubjectId).ToHashSet();
        await Eventually.BecomesTrueAsync("a word about every customer", () => SaidSent.Count + SaidMissed.Count >= customers.Count);
        var greeted = _world.Simulator.Ledger.AcceptedWelcomes.Select(welcome => welcome.ExternalUserId).ToHashSet();
        _world.Simulator.Ledger.DoubleWelcomes.ShouldBeEmpty();
        SaidSent.ShouldBe(greeted, ignoreOrder: true);
        SaidMissed.Select(missed => missed.Key).ShouldBe(customers.Except(greeted), ignoreOrder: true);
        return greeted.Count;
    }

    public ValueTask DisposeAsync() => _events.DisposeAsync();
}
