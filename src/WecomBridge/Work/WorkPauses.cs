namespace WecomBridge.Work;

/// <summary>An app whose work in one lane waits because WeCom or the CRM refuses the app itself.</summary>
/// <param name="Lane">Kind of work.</param>
/// <param name="Corp">Configured name of the corp.</param>
/// <param name="App">Configured name of the app.</param>
/// <param name="Since">First refusal.</param>
/// <param name="Until">When one piece is tried again.</param>
/// <param name="Refusals">In a row.</param>
/// <param name="Reason">Why, without personal data.</param>
/// <param name="Remedy">What a person can do.</param>
internal sealed record WorkPause(string Lane, string Corp, string App, DateTimeOffset Since, DateTimeOffset Until, int Refusals, string Reason, string Remedy);

/// <summary>Which apps are refused at present; named in health. This process only: each instance finds out by itself.</summary>
internal sealed class WorkPauses
{
    /// <summary>How long the one piece that tries the app again has for it, before another may.</summary>
    private static readonly TimeSpan Probe = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Lane, string Corp, string App), WorkPause> _pauses = [];

    /// <summary>All pauses.</summary>
    public IReadOnlyList<WorkPause> Current
    {
        get
        {
            lock (_lock) return [.. _pauses.Values];
        }
    }

    /// <summary>Null when a piece of the app's work may be tried; otherwise when to ask again. After a pause one piece passes, and the others wait for what becomes of it.</summary>
    public DateTimeOffset? WaitUntil(string lane, string corp, string app, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!_pauses.TryGetValue((lane, corp, app), out var pause)) return null;
            if (pause.Until > now) return pause.Until;
            _pauses[(lane, corp, app)] = pause with { Until = now + Probe };
            return null;
        }
    }

    /// <summary>Refusals in a row, 0 when the app is not paused.</summary>
    public int Refusals(string lane, string corp, string app)
    {
        lock (_lock) return _pauses.GetValueOrDefault((lane, corp, app))?.Refusals ?? 0;
    }

    /// <summary>The app was refused; true for the first refusal in a row. Pieces refused side by side count once.</summary>
    public bool Pause(string lane, string corp, string app, DateTimeOffset now, DateTimeOffset until, string reason, string remedy)
    {
        lock (_lock)
        {
            var earlier = _pauses.GetValueOrDefault((lane, corp, app));
            var sameMoment = earlier is not null && earlier.Until > now + Probe;
            var refusals = earlier is null ? 1 : sameMoment ? earlier.Refusals : earlier.Refusals + 1;
            _pauses[(lane, corp, app)] = new WorkPause(lane, corp, app, earlier?.Since ?? now, until, refusals, reason, remedy);
            return earlier is null;
        }
    }

    /// <summary>The app's work went through; true when it was paused.</summary>
    public bool Clear(string lane, string corp, string app)
    {
        lock (_lock) return _pauses.Remove((lane, corp, app));
    }
}
