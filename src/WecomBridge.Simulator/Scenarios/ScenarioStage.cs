using System.Diagnostics;
using System.Globalization;
using WecomBridge.Simulator.Faults;
using WecomBridge.Simulator.Platform;
using WecomBridge.Simulator.Traffic;

namespace WecomBridge.Simulator.Scenarios;

/// <summary>What a script acts with. Everything it arms or changes is set back when the stage is disposed.</summary>
internal sealed class ScenarioStage : IDisposable
{
    private const int FewestAdds = 6;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);
    private readonly Stack<Action> _undo = new();
    private readonly Lock _coming = new();
    private readonly List<Happening> _happenings = [];
    private readonly HashSet<long> _adds = [];
    private readonly HashSet<long> _addsWithCode = [];
    private readonly Queue<string> _people;
    private readonly IReadOnlyList<SimulatedStaff> _staff;
    private readonly Random _random;
    private readonly ScenarioPace _pace;
    private readonly long _from;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly CancellationToken _cancellationToken;

    public ScenarioStage(WecomSimulator simulator, SimulatedCorp corp, ScenarioPace pace, int seed, CancellationToken cancellationToken)
    {
        (Simulator, Corp, _pace, _random, _cancellationToken) = (simulator, corp, pace, new Random(seed), cancellationToken);
        if (corp.Staff.Count == 0) Population.Generate(simulator, corp, new PopulationSize { Staff = 5, Customers = 50 });
        _staff = corp.Staff;
        var followed = corp.Customers.Relations.Select(r => r.ExternalUserId).ToHashSet(StringComparer.Ordinal);
        _people = new Queue<string>(corp.Customers.All.Select(c => c.ExternalUserId).Where(id => !followed.Contains(id)));
        _from = simulator.Ledger.LastSequence;
    }

    public WecomSimulator Simulator { get; }

    public SimulatedCorp Corp { get; }

    /// <summary>The app whose rights and token are played with.</summary>
    public SimulatedApp App => Corp.App();

    public SimulatorOptions Options => Simulator.Options;

    /// <summary>A time of the platform at this pace.</summary>
    public TimeSpan Scaled(TimeSpan time) => time * _pace.Scale;

    public Task PauseAsync(TimeSpan time) => Task.Delay(Scaled(time), _cancellationToken);

    /// <summary>Arms a fault for the length of the scenario.</summary>
    public FaultRule Arm(FaultRule rule)
    {
        Simulator.Faults.Add(rule);
        _undo.Push(() => Simulator.Faults.Remove(rule));
        return rule;
    }

    /// <summary>Changes something and remembers how to change it back.</summary>
    public void Set<T>(T before, T value, Action<T> set)
    {
        set(value);
        _undo.Push(() => set(before));
    }

    /// <summary>Remembers what else must be done at the end.</summary>
    public void AtTheEnd(Action undo) => _undo.Push(undo);

    /// <summary>A new person adds some member.</summary>
    public (string UserId, string ExternalUserId) Add(AddDetails? details = null) => Come(details, half: false);

    /// <summary>A new person half-adds some member.</summary>
    public (string UserId, string ExternalUserId) HalfAdd(AddDetails? details = null) => Come(details, half: true);

    /// <summary>Counts something else that is called back.</summary>
    public void Happens(Happening happening)
    {
        _happenings.Add(happening);
        if (happening.SubjectId.Length > 0 && happening.WelcomeCodes.Count > 0 && Latest(happening.SubjectId) is { } relation) Count(relation, hasCode: true);
    }

    /// <summary>New people come one after another as long as the scenario is; a few at least.</summary>
    /// <param name="perSecond">How many a second.</param>
    /// <param name="each">What happens with each, by its number from 0. Default an add from one of the usual channels.</param>
    public async Task CustomersComeAsync(double perSecond, Func<int, Task>? each = null)
    {
        var count = Math.Max(FewestAdds, (int)(perSecond * _pace.Length.TotalSeconds));
        var beat = _pace.Length / count;
        var started = Stopwatch.GetTimestamp();
        var tasks = new List<Task>();
        for (var i = 0; i < count; i++)
        {
            var early = beat * i - Stopwatch.GetElapsedTime(started);
            if (early > TimeSpan.FromMilliseconds(1)) await Task.Delay(early, _cancellationToken).ConfigureAwait(false);
            _cancellationToken.ThrowIfCancellationRequested();
            if (each is null) Add();
            else tasks.Add(each(i));
        }

        await Task.WhenAll(tasks).ConfigureAwait(false);
    }

    /// <summary>Waits until all callbacks are delivered or given up and the bridge calls nothing any more.</summary>
    /// <param name="longestPause">How long it may call nothing before that means rest, while somebody with a code is not greeted.</param>
    public async Task SettleAsync(TimeSpan longestPause)
    {
        var started = Stopwatch.GetTimestamp();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_cancellationToken);
        patience.CancelAfter(_pace.Patience);
        try
        {
            await Task.WhenAll(_happenings.Select(h => h.Delivered)).WaitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_cancellationToken.IsCancellationRequested)
        {
            // The report says what was not acknowledged.
        }

        var (seen, since) = (Simulator.Ledger.LastSequence, Stopwatch.GetTimestamp());
        while ((Stopwatch.GetElapsedTime(since) < _pace.Quiet || (Stopwatch.GetElapsedTime(since) < longestPause && !AllGreeted())) && Stopwatch.GetElapsedTime(started) < _pace.Patience)
        {
            await Task.Delay(Glance, _cancellationToken).ConfigureAwait(false);
            if (Simulator.Ledger.LastSequence != seen) (seen, since) = (Simulator.Ledger.LastSequence, Stopwatch.GetTimestamp());
        }
    }

    public ScenarioReport Report(Scenario scenario) =>
        ScenarioReport.Of(scenario, [.. Simulator.Ledger.Entries.Where(e => e.Sequence > _from)], _adds, _addsWithCode, Stopwatch.GetElapsedTime(_started));

    public void Dispose()
    {
        while (_undo.TryPop(out var undo)) undo();
    }

    private (string UserId, string ExternalUserId) Come(AddDetails? details, bool half)
    {
        // Customers who wait between their steps come side by side.
        lock (_coming)
        {
            var user = _staff[_random.Next(_staff.Count)].UserId;
            var customer = _people.TryDequeue(out var known) ? known : Corp.State.Ids.Id("wm");
            details ??= new AddDetails();
            details = details with { State = details.State ?? Channel() };
            var happening = half ? Corp.Customers.HalfAdd(user, customer, details) : Corp.Customers.Add(user, customer, details);
            _happenings.Add(happening);
            Count(Corp.Customers.Relation(user, customer)!, happening.WelcomeCodes.Count > 0);
            return (user, customer);
        }
    }

    private string Channel() => _random.Next(3) switch { 0 => "", 1 => "store-1", _ => "expo-" + _random.Next(10).ToString(CultureInfo.InvariantCulture) };

    private bool AllGreeted() => _addsWithCode.IsSubsetOf(Simulator.Ledger.AcceptedWelcomes.Select(welcome => welcome.Add));

    private SimulatedRelation? Latest(string externalUserId) => Corp.Customers.Relations.Where(r => r.ExternalUserId == externalUserId).MaxBy(r => r.AddNumber);

    private void Count(SimulatedRelation relation, bool hasCode)
    {
        _adds.Add(relation.AddNumber);
        if (hasCode) _addsWithCode.Add(relation.AddNumber);
    }
}
