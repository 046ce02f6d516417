using Microsoft.Extensions.Options;
using WecomBridge.State;

namespace WecomBridge.Work;

/// <summary>Works all lanes, each in a loop of its own, so that a slow one holds up no other.</summary>
internal sealed class WorkRunner(
    IEnumerable<IReconciler> reconcilers,
    IStateDatabase database,
    WorkSignal signal,
    WorkPauses pauses,
    WorkMetrics metrics,
    IOptions<WorkOptions> options,
    TimeProvider time,
    ILogger<WorkRunner> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(reconcilers.Select(reconciler => RunAsync(reconciler, stoppingToken)));

    private async Task RunAsync(IReconciler reconciler, CancellationToken stoppingToken)
    {
        using var loop = new WorkLoop(reconciler, database, signal, pauses, metrics, options.Value, time, logger);
        await loop.RunAsync(stoppingToken);
    }
}
