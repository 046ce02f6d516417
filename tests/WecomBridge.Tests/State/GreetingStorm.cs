using WecomBridge.State;

namespace WecomBridge.Tests.State;

/// <summary>
/// One relation with three adds, each told by a half and a full event with codes of their own, ended in between. Workers claim at random, send, note it or die at any point;
/// the platform takes each event's code once. What it accepted is counted by add.
/// </summary>
internal sealed class GreetingStorm
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly IStateDatabase _state;
    private readonly Random _random;
    private readonly RelationKey _key;
    private readonly List<Told> _events = [];
    private readonly List<Held> _held = [];
    private readonly HashSet<Guid> _spent = [];
    private DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private int _worker;

    public GreetingStorm(IStateDatabase state, string corp, Random random)
    {
        _state = state;
        _random = random;
        _key = new RelationKey(corp, "zhangsan", "wm1");
    }

    public Dictionary<int, int> Accepted { get; } = [];

    public async Task RunAsync()
    {
        for (var add = 0; add < 3; add++)
        {
            _events.Add(new Told(add, NewId(), _now));
            await StepsAsync(6);
            _events.Add(new Told(add, NewId(), _now));
            await StepsAsync(12);
            _now = _now.AddSeconds(_random.Next(1, 60));
            var ended = _now;
            await _state.WriteAsync(
                session => RelationStore.ApplyAsync(session, new RelationChange(_key, _random.Next(2) == 0 ? RelationChangeKind.Left : RelationChangeKind.Removed, ended, NewId())),
                CancellationToken.None);
            _now = _now.AddSeconds(_random.Next(0, 60));
        }

        await StepsAsync(20);
    }

    private async Task StepsAsync(int count)
    {
        for (var step = 0; step < count; step++)
        {
            switch (_random.Next(6))
            {
                case 0:
                case 1:
                    await ClaimAsync();
                    break;
                case 2:
                case 3:
                    await GoOnAsync();
                    break;
                case 4:
                    if (_held.Count > 0 && _random.Next(3) == 0) _held.RemoveAt(_random.Next(_held.Count));
                    break;
                default:
                    _now = _now.AddSeconds(_random.Next(0, _random.Next(4) == 0 ? 40 : 4));
                    break;
            }
        }
    }

    // Mostly recent events, as redeliveries are; sometimes an old one.
    private async Task ClaimAsync()
    {
        var told = _events[_random.Next(3) == 0 ? _random.Next(_events.Count) : _random.Next(Math.Max(0, _events.Count - 2), _events.Count)];
        var owner = $"worker{_worker++}";
        var claim = await _state.WriteAsync(
            session => GreetingLedger.TryClaimAsync(session, _key, told.EventId, told.Time, true, "contact", owner, _now, Lease), CancellationToken.None);
        if (claim.Result == GreetingClaimResult.Claimed) _held.Add(new Held(told, owner, _now + Lease));
    }

    // Sends, or notes what it has sent. Nobody sends on a lease that is over.
    private async Task GoOnAsync()
    {
        if (_held.Count == 0) return;
        var held = _held[_random.Next(_held.Count)];
        if (!held.HasSent && _now < held.Until && _random.Next(5) != 0)
        {
            if (_spent.Add(held.Told.EventId)) Accepted[held.Told.Add] = Accepted.GetValueOrDefault(held.Told.Add) + 1;
            held.HasSent = true;
            return;
        }

        _held.Remove(held);
        var outcome = held.HasSent ? GreetingOutcome.Sent : GreetingOutcome.Missed;
        await _state.WriteAsync(
            session => GreetingLedger.CompleteAsync(session, _key, held.Told.EventId, held.Told.Time, held.Owner, new GreetingEnd(outcome, "unavailable"), _now),
            CancellationToken.None);
    }

    private Guid NewId()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private sealed record Told(int Add, Guid EventId, DateTimeOffset Time);

    private sealed record Held(Told Told, string Owner, DateTimeOffset Until)
    {
        public bool HasSent { get; set; }
    }
}
