namespace WecomBridge.Work;

/// <summary>An app whose work in one lane waits, because WeCom or the CRM refuses the app itself or says nothing, or a limit is met.</summary>
/// <param name="Lane">Kind of work.</param>
/// <param name="Corp">Configured name of the corp.</param>
/// <param name="App">Configured name of the app.</param>
/// <param name="Since">First refusal, first piece without an answer, or first time in a row that the limit was met.</param>
/// <param name="Until">When one piece is tried again.</param>
/// <param name="Refusals">In a row.</param>
/// <param name="Reason">Why, without personal data.</param>
/// <param name="Remedy">What a person can do.</param>
internal sealed record WorkPause(string Lane, string Corp, string App, DateTimeOffset Since, DateTimeOffset Until, int Refusals, string Reason, string Remedy)
{
    /// <summary>Nothing was refused, there was no answer: soon tried again, and worth a person's while only when it lasts.</summary>
    public bool IsSilence { get; init; }

    /// <summary>WeCom takes no more calls for a while, or the budget is spent: nothing is wrong, and worth a person's while only when it lasts.</summary>
    public bool IsLimit { get; init; }

    /// <summary>One piece is trying the app; <see cref="Until"/> is when another may.</summary>
    public bool IsProbed { get; init; }
}

/// <summary>Which apps are refused, unheard or at a limit at present; named in health. This process only: each instance finds out by itself.</summary>
internal sealed class WorkPauses
{
    /// <summary>So many pieces in a row without an answer are no accident, and the next thousand need not find out for themselves.</summary>
    public const int SilencesBeforePause = 5;

    /// <summary>How long the one piece that tries the app again has for it, before another may.</summary>
    private static readonly TimeSpan Probe = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LimitProbe = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstSilence = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Lane, string Corp, string App), WorkPause> _pauses = [];
    private readonly Dictionary<(string Lane, string Corp, string App), (int Count, DateTimeOffset Since)> _silences = [];

    /// <summary>All pauses.</summary>
    public IReadOnlyList<WorkPause> Current
    {
        get
        {
            lock (_lock) return [.. _pauses.Values];
        }
    }

    /// <summary>Apps of which nothing in the lane is to be claimed now: their backlog is left as it lies.</summary>
    public IReadOnlyList<(string Corp, string App)> Waiting(string lane, DateTimeOffset now)
    {
        lock (_lock) return [.. _pauses.Values.Where(pause => pause.Lane == lane && pause.Until > now).Select(pause => (pause.Corp, pause.App))];
    }

    /// <summary>Null when a piece of the app's work may be tried; otherwise when to ask again. After a pause one piece passes, and the others wait for what becomes of it.</summary>
    public DateTimeOffset? WaitUntil(string lane, string corp, string app, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!_pauses.TryGetValue((lane, corp, app), out var pause)) return null;
            if (pause.Until > now) return pause.Until;
            _pauses[(lane, corp, app)] = pause with { Until = now + (pause.IsLimit ? LimitProbe : Probe), IsProbed = true };
            return null;
        }
    }

    /// <summary>Which one in a row the next refusal is, from 1. Pieces refused side by side count once.</summary>
    public int NextRefusal(string lane, string corp, string app)
    {
        lock (_lock) return Count(Refused(lane, corp, app));
    }

    /// <summary>The app was refused; true for the first refusal in a row. Of pieces refused side by side the first sets the time.</summary>
    public bool Pause(string lane, string corp, string app, DateTimeOffset now, DateTimeOffset until, string reason, string remedy)
    {
        lock (_lock)
        {
            var earlier = Refused(lane, corp, app);
            if (earlier is { IsProbed: false }) return false;
            _pauses[(lane, corp, app)] = new WorkPause(lane, corp, app, earlier?.Since ?? now, until, Count(earlier), reason, remedy);
            return earlier is null;
        }
    }

    /// <summary>A limit was met: the app's backlog would find out piece by piece. A pause of another kind stays what it is, and one that is tried waits for the limit as well.</summary>
    public void Limit(string lane, string corp, string app, DateTimeOffset now, DateTimeOffset until, string reason)
    {
        lock (_lock)
        {
            var key = (lane, corp, app);
            if (!_pauses.TryGetValue(key, out var pause)) _pauses[key] = new WorkPause(lane, corp, app, now, until, 1, reason, "It goes on by itself when the limit turns.") { IsLimit = true };
            else if (pause.IsProbed || (pause.IsLimit && pause.Until < until)) _pauses[key] = pause with { Until = until, IsProbed = false };
        }
    }

    /// <summary>The piece that tried whether a limit is over met none, however else it ended.</summary>
    public void EndLimit(string lane, string corp, string app)
    {
        lock (_lock)
        {
            if (_pauses.TryGetValue((lane, corp, app), out var pause) && pause is { IsLimit: true, IsProbed: true }) _pauses.Remove((lane, corp, app));
        }
    }

    /// <summary>A piece of the app's work got no answer; true when that pauses the app, the first time in a row. Pieces that were under way when the pause began say nothing new.</summary>
    public bool CountSilence(string lane, string corp, string app, DateTimeOffset now, string reason)
    {
        lock (_lock)
        {
            var key = (lane, corp, app);
            if (_pauses.TryGetValue(key, out var pause))
            {
                if (!pause.IsSilence || !pause.IsProbed) return false;
                var wait = FirstSilence * Math.Pow(2, Math.Min(pause.Refusals, 10));
                _pauses[key] = pause with { Until = now + (wait < LongestSilence ? wait : LongestSilence), Refusals = pause.Refusals + 1, Reason = reason, IsProbed = false };
                return false;
            }

            var (count, since) = _silences.GetValueOrDefault(key, (0, now));
            _silences[key] = (count + 1, since);
            if (count + 1 < SilencesBeforePause) return false;
            _pauses[key] = new WorkPause(lane, corp, app, since, now + FirstSilence, 1, reason, "See that WeCom and the CRM can be reached from this machine.") { IsSilence = true };
            return true;
        }
    }

    /// <summary>The other side answered; true when that ends the app's pause.</summary>
    /// <param name="lane">Kind of work.</param>
    /// <param name="corp">Configured name of the corp.</param>
    /// <param name="app">Configured name of the app.</param>
    /// <param name="isTaken">It refused something else than the app: that ends a refusal's pause too, when it is the answer to the piece that tried.</param>
    public bool Heard(string lane, string corp, string app, bool isTaken)
    {
        lock (_lock)
        {
            _silences.Remove((lane, corp, app));
            return _pauses.TryGetValue((lane, corp, app), out var pause) && (pause.IsSilence || (isTaken && pause is { IsLimit: false, IsProbed: true })) && _pauses.Remove((lane, corp, app));
        }
    }

    /// <summary>The app's work went through; true when it was refused or unheard. A limit's pause ends only by the piece that tried: others may have gone through without such calls.</summary>
    public bool Clear(string lane, string corp, string app)
    {
        lock (_lock)
        {
            _silences.Remove((lane, corp, app));
            if (!_pauses.TryGetValue((lane, corp, app), out var pause) || pause is { IsLimit: true, IsProbed: false }) return false;
            return _pauses.Remove((lane, corp, app)) && !pause.IsLimit;
        }
    }

    private static int Count(WorkPause? earlier) => earlier is null ? 1 : earlier.IsProbed ? earlier.Refusals + 1 : earlier.Refusals;

    private WorkPause? Refused(string lane, string corp, string app) => _pauses.GetValueOrDefault((lane, corp, app)) is { IsSilence: false, IsLimit: false } pause ? pause : null;
}
