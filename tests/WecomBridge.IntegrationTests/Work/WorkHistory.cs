using WecomBridge.State;
using WecomBridge.Work;

namespace WecomBridge.IntegrationTests.Work;

/// <summary>
/// A random history of marks, claims, crashes, expiring leases, renewals and endings by three instances, beside a model of what must be true. Throws at the first untruth.
/// </summary>
internal sealed class WorkHistory(IStateDatabase database, string corp, Random random)
{
    private const string Lane = WorkLane.Tags;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, KeyModel> _model = [];
    private readonly List<Holder> _holders = [];
    private DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    /// <summary>How often something worth testing happened.</summary>
    public (int Claims, int Swallows, int Zombies, int Reclaims) Seen { get; private set; }

    public async Task RunAsync(int steps)
    {
        for (var step = 0; step < steps; step++) await StepAsync();
        await DrainAsync();
    }

    private Task StepAsync() => random.Next(12) switch
    {
        0 or 1 or 2 => MarkAsync(),
        3 or 4 or 5 => ClaimAsync(),
        6 or 7 => EndAsync(CompleteAsync),
        8 => EndAsync(random.Next(3) switch { 0 => ParkAsync, 1 => RetryAsync, _ => ReleaseAsync }),
        9 => RenewAsync(),
        10 => CrashAsync(),
        _ => WaitAsync(),
    };

    private async Task MarkAsync()
    {
        var key = $"k{random.Next(4)}";
        var due = _now.AddSeconds(random.Next(-5, 20));
        await WriteAsync(session => WorkStore.MarkAsync(session, new WorkKey(Lane, corp, key), "contact", due, Guid.NewGuid(), _now));
        var model = _model.TryGetValue(key, out var known) ? known : _model[key] = new KeyModel();
        model.Due = model.IsPending && !model.IsParked && model.Due < due ? model.Due : due;
        model.Marks++;
        model.IsPending = true;
        model.IsParked = false;
    }

    private async Task ClaimAsync()
    {
        var instance = random.Next(3);
        var items = await database.WriteAsync(session => WorkStore.ClaimAsync(session, Lane, $"instance{instance}", random.Next(1, 4), _now, Lease), CancellationToken.None);
        foreach (var item in items)
        {
            var model = _model[item.Key.Key];
            Require(model.IsPending && !model.IsParked && model.Due <= _now, item, "was claimed though it was not due");
            Require(model.Claim is null || model.LeaseUntil <= _now, item, "is worked twice at once");
            if (model.Claim is not null) Seen = Seen with { Reclaims = Seen.Reclaims + 1 };
            Seen = Seen with { Claims = Seen.Claims + 1 };
            model.Claim = item.Claim;
            model.LeaseUntil = _now + Lease;
            _holders.Add(new Holder(instance, item, model.Marks));
        }
    }

    // An end by any holder, one that has lost its claim as well: that one must change nothing.
    private async Task EndAsync(Func<Holder, KeyModel, bool, Task> end)
    {
        if (_holders.Count == 0) return;
        var holder = _holders[random.Next(_holders.Count)];
        _holders.Remove(holder);
        var model = _model[holder.Item.Key.Key];
        var isCurrent = model.Claim == holder.Item.Claim;
        if (!isCurrent) Seen = Seen with { Zombies = Seen.Zombies + 1 };
        await end(holder, model, isCurrent);
        if (isCurrent) model.Claim = null;
    }

    private async Task CompleteAsync(Holder holder, KeyModel model, bool isCurrent)
    {
        var isDone = await database.WriteAsync(session => WorkStore.CompleteAsync(session, holder.Item), CancellationToken.None);
        var isNew = model.Marks != holder.MarksSeen;
        Require(!(isDone && isNew), holder.Item, "was completed over a newer mark");
        Require(isDone == (isCurrent && !isNew), holder.Item, $"completing said {isDone}");
        if (isCurrent && isNew) Seen = Seen with { Swallows = Seen.Swallows + 1 };
        if (isDone) model.IsPending = false;
    }

    private async Task ParkAsync(Holder holder, KeyModel model, bool isCurrent)
    {
        await WriteAsync(session => WorkStore.ParkAsync(session, holder.Item, "reason", "remedy", _now));
        if (isCurrent && model.Marks == holder.MarksSeen) model.IsParked = true;
    }

    private async Task RetryAsync(Holder holder, KeyModel model, bool isCurrent)
    {
        var due = _now.AddSeconds(random.Next(0, 100));
        await WriteAsync(session => WorkStore.RetryAsync(session, holder.Item, due, "reason"));
        if (isCurrent && model.Marks == holder.MarksSeen) model.Due = due;
    }

    private Task ReleaseAsync(Holder holder, KeyModel model, bool isCurrent) => WriteAsync(session => WorkStore.ReleaseAsync(session, holder.Item));

    private async Task RenewAsync()
    {
        if (_holders.Count == 0) return;
        var holder = _holders[random.Next(_holders.Count)];
        var model = _model[holder.Item.Key.Key];
        var isHeld = await database.WriteAsync(session => WorkStore.RenewAsync(session, holder.Item, _now + Lease), CancellationToken.None);
        Require(isHeld == (model.Claim == holder.Item.Claim), holder.Item, $"renewing said {isHeld}");
        if (isHeld) model.LeaseUntil = _now + Lease;
    }

    // An instance forgets all it holds; its leases stay.
    private Task CrashAsync()
    {
        var instance = random.Next(3);
        _holders.RemoveAll(holder => holder.Instance == instance);
        return Task.CompletedTask;
    }

    private Task WaitAsync()
    {
        _now = _now.AddSeconds(random.Next(3) == 0 ? random.Next(60, 120) : random.Next(0, 20));
        return Task.CompletedTask;
    }

    // After the storm everyone forgets. Every key with an unworked mark must come back once its lease is over and its time has come; a parked one must be listed.
    private async Task DrainAsync()
    {
        var worked = new HashSet<string>();
        for (var round = 0; round < 8; round++)
        {
            _now = _now.AddSeconds(61);
            foreach (var item in await database.WriteAsync(session => WorkStore.ClaimAsync(session, Lane, "drain", 3, _now, Lease), CancellationToken.None))
            {
                Require(worked.Add(item.Key.Key), item, "came back after it was done");
                Require(await database.WriteAsync(session => WorkStore.CompleteAsync(session, item), CancellationToken.None), item, "could not be completed");
            }
        }

        var parked = await database.ReadAsync(session => WorkStore.ListAsync(session, new WorkFilter(Lane, null, ListedState.Parked), 100, default), CancellationToken.None);
        foreach (var (key, model) in _model)
        {
            worked.Contains(key).ShouldBe(model.IsPending && !model.IsParked, $"{key} was forgotten or worked for nothing");
            parked.Any(p => p.Key.Corp == corp && p.Key.Key == key).ShouldBe(model.IsPending && model.IsParked, $"{key} is not listed as it should be");
        }

        await WriteAsync(session => session.ExecuteAsync("DELETE FROM work"));
    }

    private static void Require(bool holds, WorkItem item, string untruth) => holds.ShouldBeTrue($"{item.Key.Key} {untruth}");

    private Task WriteAsync(Func<StateSession, Task> unit) => database.WriteAsync(unit, CancellationToken.None);

    private sealed record Holder(int Instance, WorkItem Item, int MarksSeen);

    private sealed class KeyModel
    {
        public int Marks { get; set; }

        public bool IsPending { get; set; }

        public bool IsParked { get; set; }

        public DateTimeOffset Due { get; set; }

        public Guid? Claim { get; set; }

        public DateTimeOffset LeaseUntil { get; set; }
    }
}
