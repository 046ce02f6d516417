using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;
using WecomBridge.Rules;
using WecomBridge.State;
using WecomBridge.Work;

namespace WecomBridge.Welcome;

/// <summary>Looks once a minute whether every file that greetings need is with WeCom, and makes due what is not, ages, or was refused.</summary>
internal sealed class MediaKeeper(
    MediaShelf shelf,
    GreetingMedia media,
    MediaHealth health,
    IStateDatabase database,
    WorkSignal signal,
    IOptionsMonitor<WelcomeOptions> options,
    IOptionsMonitor<WecomOptions> corps,
    TimeProvider time,
    ILogger<MediaKeeper> logger) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan IntervalAfterFailure = TimeSpan.FromSeconds(5);

    /// <summary>How long the start waits for what State knows; greetings go without media rather than wait longer.</summary>
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(5);

    /// <summary>An upload that is refused when younger than this is not repeated sooner: its age is not the reason.</summary>
    private static readonly TimeSpan LeastLife = TimeSpan.FromHours(1);

    /// <summary>So long before media lapse, a refresh that fails is worth a person's time.</summary>
    private static readonly TimeSpan Alarm = TimeSpan.FromHours(12);

    /// <summary>An upload that waits for a person is dropped when no setting has needed it for so long.</summary>
    private static readonly TimeSpan UnneededFor = TimeSpan.FromHours(1);

    private bool _failing;

    private sealed record Need(string Setting, MediaFile File, string Corp, string App);

    /// <summary>The first look is over before greetings are sent.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(StartWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await TryLookAsync(either.Token);
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>One look.</summary>
    /// <exception cref="StateUnavailableException">State is away; what was known stays in use.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        shelf.Rescan(MediaNeeds.FilesOf(options.CurrentValue).Select(need => need.File));
        await NoteRefusalsAsync(cancellationToken);
        var stored = await database.ReadAsync(GreetingMediaStore.AllAsync, cancellationToken);
        media.Learn(stored);
        var needs = Needs().ToList();
        await MarkAsync(needs, stored, cancellationToken);
        health.Faults = [.. needs.Count == 0 ? [] : await FaultsAsync(needs, cancellationToken), .. GivenFaults()];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await signal.WaitAsync(GreetingMedia.Bell, _failing ? IntervalAfterFailure : Interval, stoppingToken);
            await TryLookAsync(stoppingToken);
        }
    }

    private async Task TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(cancellationToken);
            _failing = false;
        }
        catch (Exception exception)
        {
            // Whatever it is, greetings go on with the media that are known, and the next look may succeed.
            if (!_failing && exception is not OperationCanceledException) logger.LookFailed(exception is StateUnavailableException ? exception.Message : exception.GetType().Name);
            _failing = true;
        }
    }

    private IEnumerable<Need> Needs() =>
        from need in MediaNeeds.FilesOf(options.CurrentValue)
        from corp in corps.CurrentValue.Corps.Keys
        where Pattern.MatchesAny(need.Rule.When.Corps, corp)
        let apps = GreetingApps.Of(corps.CurrentValue, corp)
        where apps.Count > 0
        select new Need(need.Setting, need.File, corp, apps[0]);

    private async Task NoteRefusalsAsync(CancellationToken cancellationToken)
    {
        foreach (var refusal in media.Refusals)
        {
            await database.WriteAsync(session => GreetingMediaStore.RefuseAsync(session, refusal.Corp, refusal.MediaId), cancellationToken);
            media.RefusalNoted(refusal);
            logger.MediaRefused(refusal.Corp);
        }
    }

    private async Task MarkAsync(List<Need> needs, IReadOnlyList<StoredMedia> stored, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var present = stored.ToDictionary(upload => (upload.Corp, upload.Key));
        var due = new Dictionary<WorkKey, (string App, DateTimeOffset Due)>();
        foreach (var need in needs)
        {
            // A file that cannot be read now cannot be uploaded either; its media serve as long as they live.
            if (shelf.KeysOf(need.File).Key is not { } key || shelf.FaultOf(need.File) is not null) continue;
            if (DueOf(present.GetValueOrDefault((need.Corp, key)), now) is { } at) due[new WorkKey(WorkLane.Media, need.Corp, key)] = (need.App, at);
        }

        var needed = needs.Select(need => (need.Corp, shelf.KeysOf(need.File).Key ?? "")).ToHashSet();
        await database.WriteAsync(
            async session =>
            {
                await GreetingMediaStore.DropParkedAsync(session, WorkLane.Media, needed, now - UnneededFor);
                foreach (var (key, (app, at)) in due) await WorkStore.MarkMissingAsync(session, key, app, at, now);
            },
            cancellationToken);
        if (due.Count > 0) signal.Raise(WorkLane.Media);
    }

    private static DateTimeOffset? DueOf(StoredMedia? present, DateTimeOffset now) => present switch
    {
        null => now,
        { Refused: true } => present.CreatedAt + LeastLife > now ? present.CreatedAt + LeastLife : now,
        _ => now >= present.RefreshAt ? now : null,
    };

    private async Task<IReadOnlyList<string>> FaultsAsync(List<Need> needs, CancellationToken cancellationToken)
    {
        var troubles = (await database.ReadAsync(session => WorkStore.ListTroublesAsync(session, WorkLane.Media), cancellationToken)).ToDictionary(trouble => trouble.Key);
        return [.. needs.Select(need => FaultOf(need, troubles)).OfType<string>()];
    }

    private IEnumerable<string> GivenFaults() =>
        from given in MediaNeeds.GivenOf(options.CurrentValue)
        from corp in corps.CurrentValue.Corps.Keys
        where media.IsRefused(corp, given.MediaId)
        select $"{given.Setting}: WeCom refuses this media id in corp {corp}, greetings go without it for a day. Give the file's path in its place, and the bridge keeps it uploaded.";

    private string? FaultOf(Need need, Dictionary<WorkKey, WorkTrouble> troubles)
    {
        var (key, former) = shelf.KeysOf(need.File);
        var where = $"{need.Setting} ({need.File.Location})";
        if (shelf.FaultOf(need.File) is { } fault) return $"{where}: the file {fault}. Put a good file in its place.";
        var usable = media.Usable(need.Corp, key) ?? media.Usable(need.Corp, former);
        var trouble = key is null ? null : troubles.GetValueOrDefault(new WorkKey(WorkLane.Media, need.Corp, key));
        if (usable is not null && (trouble is null || GreetingMedia.UsableUntil(usable) - time.GetUtcNow() > Alarm)) return null;
        var what = usable is null ? $"{where} is not with WeCom for corp {need.Corp}, greetings go without it" : $"{where} cannot be refreshed for corp {need.Corp}";
        return trouble is null ? $"{what}: its upload is due." : $"{what}: {trouble.Reason}. {trouble.Remedy ?? "It is tried again."}";
    }
}
