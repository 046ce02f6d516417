using System.Diagnostics;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Traffic;

/// <summary>How busy, and for how long.</summary>
public sealed record TrafficPlan
{
    /// <summary>Adds a second. Default 5.</summary>
    public double AddsPerSecond { get; init; } = 5;
    /// <summary>In real time. Default 10 s. The number of adds is the product, whatever the machine's speed.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);
    /// <summary>Channels to choose from; an empty text is none.</summary>
    public IReadOnlyList<string> States { get; init; } = ["store-1", "expo", ""];
    /// <summary>Share of adds that come as a half-add with its add behind. Default 0.</summary>
    public double HalfAdds { get; init; }
}

/// <summary>Lets customers add members at random; who, where and how come from the seed alone.</summary>
public static class TrafficDriver
{
    /// <summary>Runs the plan and waits until every callback was acknowledged or given up.</summary>
    /// <param name="corp">Its members and people are used; those without a relation come first, then everybody may come again.</param>
    /// <param name="plan">How busy.</param>
    /// <param name="seed">The same seed and people give the same adds in the same order.</param>
    /// <param name="cancellationToken">Stops early; what has happened is still returned by the ledger.</param>
    /// <exception cref="InvalidOperationException">The corp has no members or no people outside.</exception>
    public static async Task<IReadOnlyList<Happening>> RunAsync(SimulatedCorp corp, TrafficPlan plan, int seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(corp);
        ArgumentNullException.ThrowIfNull(plan);
        var random = new Random(seed);
        var (staff, customers) = (corp.Staff, corp.Customers.All);
        if (staff.Count == 0 || customers.Count == 0) throw new InvalidOperationException("Traffic needs members and people; generate a population first.");
        var followed = corp.Customers.Relations.Select(r => r.ExternalUserId).ToHashSet(StringComparer.Ordinal);
        var order = customers.OrderBy(c => followed.Contains(c.ExternalUserId)).ToList();
        var happenings = new List<Happening>();
        var started = Stopwatch.GetTimestamp();
        var adds = (int)Math.Round(plan.AddsPerSecond * plan.Duration.TotalSeconds);
        for (var i = 0; i < adds; i++)
        {
            var early = TimeSpan.FromSeconds(i / plan.AddsPerSecond) - Stopwatch.GetElapsedTime(started);
            if (early > TimeSpan.FromMilliseconds(1)) await Task.Delay(early, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            var user = staff[random.Next(staff.Count)].UserId;
            var customer = order[i % order.Count].ExternalUserId;
            var details = new AddDetails { State = plan.States[random.Next(plan.States.Count)] };
            if (random.NextDouble() < plan.HalfAdds) happenings.Add(corp.Customers.HalfAdd(user, customer, details));
            happenings.Add(corp.Customers.Add(user, customer, details));
        }

        await Task.WhenAll(happenings.Select(h => h.Delivered)).WaitAsync(cancellationToken).ConfigureAwait(false);
        return happenings;
    }
}
