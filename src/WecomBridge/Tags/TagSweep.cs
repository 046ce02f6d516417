using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;
using WecomBridge.Rules;
using WecomBridge.State;
using WecomBridge.Work;

namespace WecomBridge.Tags;

/// <summary>Marks all customers of a corp when the settings of tags have changed, and each day when rules ask how long ago something was.</summary>
internal sealed class TagSweep(
    IStateDatabase database, WorkSignal signal, IOptionsMonitor<TagsOptions> options, IOptionsMonitor<WecomOptions> corps, TimeProvider time, ILogger<TagSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan IntervalAfterFailure = TimeSpan.FromSeconds(5);

    // Two versions of the settings run side by side while instances are restarted one by one: each sweeps once, and they do not take turns.
    private readonly Dictionary<string, string> _swept = new(StringComparer.Ordinal);

    /// <summary>Looks at every corp once.</summary>
    /// <exception cref="StateUnavailableException">State is away.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var settings = options.CurrentValue;
        if (settings.Groups.Count == 0) return;
        var print = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(settings)));
        foreach (var (name, corp) in corps.CurrentValue.Corps)
        {
            if (corp.CallingApp() is not { } app) continue;
            var now = time.GetUtcNow();
            var day = AsksForDays(settings) ? $"{WhenSubject.Local(now, corp.TimeZone):yyyy-MM-dd}" : null;
            var count = await database.WriteAsync(session => TagSweepStore.MarkAsync(session, name, app, _swept.GetValueOrDefault(name) == print ? null : print, day, now), cancellationToken);
            _swept[name] = print;
            if (count is null) continue;
            logger.Swept(name, count.Value);
            signal.Raise(WorkLane.Tags);
        }
    }

    /// <summary>The dictionary is read at each start and after each change of settings: what an administrator did meanwhile, no event has told.</summary>
    public Task ReadDictionariesAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                foreach (var (name, corp) in corps.CurrentValue.Corps)
                {
                    if (options.CurrentValue.Groups.Count > 0 && corp.CallingApp() is { } app)
                        await WorkStore.MarkAsync(session, new WorkKey(WorkLane.Dictionary, name, TagDictionaryReconciler.Key), app, time.GetUtcNow(), Guid.NewGuid(), time.GetUtcNow());
                }
            },
            cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TagsOptions? read = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Interval;
            try
            {
                if (read != options.CurrentValue) await ReadDictionariesAsync(stoppingToken);
                read = options.CurrentValue;
                signal.Raise(WorkLane.Dictionary);
                await LookAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // Whatever the database's trouble is, the next look is made when it is over.
                logger.SweepFailed(exception is StateUnavailableException ? exception.Message : exception.GetType().Name);
                wait = IntervalAfterFailure;
            }

            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static bool AsksForDays(TagsOptions settings) =>
        settings.Rules.SelectMany(rule => rule.When.Facts.All.Concat(rule.When.Facts.Any).Concat(rule.When.Facts.None)).Any(condition => FactOps.IsAboutToday(condition.Op));
}
