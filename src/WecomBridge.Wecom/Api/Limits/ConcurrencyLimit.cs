namespace WecomBridge.Wecom.Api;

/// <summary>How many calls of one API run at once, found by trying: the platform's ceiling is unpublished, and 45033 tells that it was crossed.</summary>
/// <remarks>
/// Before the first refusal the limit doubles with each round of calls that fills it; afterwards it stays below the number that was refused, climbs back by one a round,
/// and tries a little more than that number once in a while; twice that number below where it started, for one refusal there says more about other callers of the corp than about
/// the ceiling. Not safe for concurrent use.
/// </remarks>
internal sealed class ConcurrencyLimit
{
    private const double Start = 8;

    /// <summary>More than any corp needs at the latency of the platform: 256 calls of 100 ms are 150,000 a minute.</summary>
    private const double Most = 256;

    /// <summary>Mild: a ceiling of 10 is met with 9 afterwards, not with 5.</summary>
    private const double Decrease = 0.9;

    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(30);

    private double _limit = Start;
    private double? _refusedFrom;
    private DateTimeOffset _probeAt;

    /// <summary>Calls that may run at once.</summary>
    public int Value => (int)_limit;

    /// <summary>Counts the decreases; a call keeps the number of its beginning.</summary>
    public int Round { get; private set; }

    /// <summary>A call was answered while the limit held others back, or would have.</summary>
    public void Succeeded(DateTimeOffset now)
    {
        if (_refusedFrom is not { } refused)
        {
            _limit = Math.Min(Most, _limit + 1);
            return;
        }

        var highest = refused - 1;
        if (_limit < highest)
        {
            _limit = Math.Min(highest, _limit + (1 / _limit));
        }
        else if (now >= _probeAt)
        {
            _refusedFrom = Math.Min(Most, refused + (refused < Start ? refused : (int)(refused / 8)));
            _limit = Math.Min(Most, highest + 1);
            _probeAt = now + ProbeEvery;
        }
    }

    /// <summary>A call was refused for its company.</summary>
    /// <param name="inFlight">Calls that ran when it began, itself included: the ceiling lies below.</param>
    /// <param name="round">Of its beginning; refusals of one round lower the limit once, beyond what they prove.</param>
    /// <param name="now">The present.</param>
    public void Refused(int inFlight, int round, DateTimeOffset now)
    {
        _refusedFrom = Math.Max(2, Math.Min(_refusedFrom ?? inFlight, inFlight));
        _probeAt = now + ProbeEvery;
        var highest = _refusedFrom.Value - 1;
        if (round == Round)
        {
            Round++;
            _limit = Math.Max(1, Math.Min(_limit, inFlight) * Decrease);
        }

        _limit = Math.Min(_limit, highest);
    }
}
