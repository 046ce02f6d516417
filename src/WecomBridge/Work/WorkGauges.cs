using System.Diagnostics.Metrics;
using WecomBridge.State;
using WecomBridge.Telemetry;

namespace WecomBridge.Work;

/// <summary>Shows how much work there is. State is shared, so every instance that works shows the same: look at one, or at the largest.</summary>
internal sealed class WorkGauges(IMeterFactory meters, IEnumerable<IReconciler> reconcilers, IStateDatabase database, TimeProvider time) : BackgroundService
{
    /// <summary>How old what is shown may be.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private readonly IReadOnlyList<string> _lanes = [.. reconcilers.Select(reconciler => reconciler.Lane)];
    private volatile IReadOnlyDictionary<string, WorkCounts>? _counts;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var meter = meters.Create(Meters.Bridge);
        meter.CreateObservableGauge("wecombridge.work.items", () => _lanes.SelectMany(Items), "{item}", "Work that waits, by lane and state (due, later, running, parked); looked up every 15 s in State, which instances share");
        meter.CreateObservableGauge("wecombridge.work.oldest_due.age", () => _lanes.SelectMany(Age), "s", "How long the oldest due work has been due, by lane; 0 when none is");
        using var timer = new PeriodicTimer(Period, time);
        do await CountAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task CountAsync(CancellationToken stoppingToken)
    {
        try
        {
            _counts = await database.ReadAsync(session => WorkStore.CountAllAsync(session, time.GetUtcNow()), stoppingToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            // Nothing is better than old numbers, whatever keeps State away; health tells of it.
            _counts = null;
        }
    }

    private IEnumerable<Measurement<long>> Items(string lane) => _counts is not { } counts ? [] : Items(lane, counts.GetValueOrDefault(lane));

    private static IEnumerable<Measurement<long>> Items(string lane, WorkCounts? counts) =>
    [
        Item(counts?.Due, lane, "due"), Item(counts?.Later, lane, "later"), Item(counts?.Running, lane, "running"), Item(counts?.Parked, lane, "parked"),
    ];

    private static Measurement<long> Item(long? count, string lane, string state) => new(count ?? 0, new("lane", lane), new("state", state));

    private IEnumerable<Measurement<double>> Age(string lane) =>
        _counts is not { } counts ? [] : [new Measurement<double>(counts.GetValueOrDefault(lane)?.OldestDue is { } due ? Math.Max(0, (time.GetUtcNow() - due).TotalSeconds) : 0, new KeyValuePair<string, object?>("lane", lane))];
}
