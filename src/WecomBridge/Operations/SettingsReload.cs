using System.Collections.Immutable;

namespace WecomBridge.Operations;

/// <summary>Takes changed settings files over while the service runs: read whole, checked whole, then taken over as one, or refused with every reason while the old ones stay.</summary>
/// <remarks>Sections outside <see cref="Reloaded"/> need a restart; a change there is named and has no effect until then.</remarks>
internal sealed class SettingsReload(LiveSettings live, SettingsFiles files, IHostEnvironment environment, IEnumerable<IReloadable> parts, TimeProvider time, ILogger<SettingsReload> logger) : BackgroundService
{
    /// <summary>Sections that are read anew; all others only at the start.</summary>
    public static readonly ImmutableArray<string> Reloaded = ["Routing", "Welcome", "Tags", "Profiles", "Logging"];

    /// <summary>How often files are looked at. A change counts when two looks in a row saw the same, so that no file is taken half written.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Settings that one text names.</summary>
    private const int MostNamed = 10;

    private string? _doneWith = files.Print();
    private string? _seen;

    /// <summary>What is wrong with the files as they stand; null when the service runs by them.</summary>
    public string? Fault { get; private set; }

    /// <summary>Looks at the files once, and takes them over when they have changed and come to rest.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = files.Print();
        if (now != _doneWith && now == _seen && await TryTakeOverAsync(cancellationToken)) _doneWith = now;
        _seen = now;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await LookAsync(stoppingToken);
        }
    }

    /// <returns>Whether these files are done with, taken over or refused.</returns>
    private async Task<bool> TryTakeOverAsync(CancellationToken cancellationToken)
    {
        try
        {
            var read = SettingsChecks.Read(files);
            var next = Merge(read, out var waiting);
            await using (SettingsChecks.Require(read, environment.EnvironmentName))
            {
                // As a whole, as a start would take them; what needs a restart is checked as well.
            }

            await using var candidate = SettingsChecks.Require(next, environment.EnvironmentName);
            foreach (var part in parts)
            {
                if (await part.PrepareAsync(candidate.Services, cancellationToken) is { Count: > 0 } faults) throw new SettingsException([.. faults.Select(fault => new SettingsFault("", fault))]);
            }

            foreach (var part in parts) await part.ApplyAsync(cancellationToken);
            live.Replace(next);
            Fault = waiting.Count == 0 ? null : $"Changed, but only read at a start: {string.Join(", ", waiting)}. Restart the service.";
            logger.SettingsTakenOver();
            if (waiting.Count > 0) logger.SettingsNeedRestart(string.Join(", ", waiting));
            return true;
        }
        catch (SettingsException refused)
        {
            Fault = $"The changed settings are refused, the old ones stay: {string.Join(" ", refused.Faults)}";
            foreach (var fault in refused.Faults) logger.SettingsRefused(fault.ToString());
            return true;
        }
        catch (Exception unknown) when (unknown is not ReloadPostponedException && !cancellationToken.IsCancellationRequested)
        {
            // Whatever new settings do to a part of .NET that reads them itself, such as a log level that is none: the service goes on by the old ones.
            Fault = $"The changed settings are refused, the old ones stay: {unknown.GetType().Name} while they were read.";
            logger.SettingsRefused(Fault);
            return true;
        }
        catch (ReloadPostponedException postponed)
        {
            _doneWith = null;
            var fault = $"The changed settings wait: {postponed.Message}";
            if (Fault != fault) logger.SettingsWait(postponed.Message);
            Fault = fault;
            return false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return true;
        }
    }

    /// <summary>What the service would run by: new where sections are read anew, old elsewhere.</summary>
    /// <param name="read">All sources, as they are now.</param>
    /// <param name="waiting">Settings that changed and need a restart, the first of them.</param>
    private Dictionary<string, string?> Merge(IDictionary<string, string?> read, out IReadOnlyList<string> waiting)
    {
        var next = live.Current.Where(setting => !IsReloaded(setting.Key)).ToDictionary(StringComparer.OrdinalIgnoreCase);
        waiting = [.. next.Keys.Union(read.Keys.Where(key => !IsReloaded(key)), StringComparer.OrdinalIgnoreCase)
            .Where(key => next.GetValueOrDefault(key) != (read.TryGetValue(key, out var value) ? value : null))
            .Order(StringComparer.OrdinalIgnoreCase).Take(MostNamed)];
        foreach (var (key, value) in read.Where(setting => IsReloaded(setting.Key))) next[key] = value;
        return next;
    }

    private static bool IsReloaded(string key) => Reloaded.Contains(SectionOf(key), StringComparer.OrdinalIgnoreCase);

    private static string SectionOf(string key) => key.Split(':')[0];
}
