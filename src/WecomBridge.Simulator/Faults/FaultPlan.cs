using System.IO.Enumeration;

namespace WecomBridge.Simulator.Faults;

/// <summary>The faults to play: rules in order, the first that matches and has its chance is played. Safe to change while running.</summary>
public sealed class FaultPlan
{
    private readonly Lock _lock = new();
    private readonly Random _random;
    private readonly List<Armed> _rules = [];
    private int _armed;

    internal FaultPlan(int seed) => _random = new Random(seed);

    /// <summary>Rules that can still be played.</summary>
    public IReadOnlyList<FaultRule> Rules
    {
        get
        {
            lock (_lock) return [.. _rules.Select(r => r.Rule)];
        }
    }

    /// <summary>Arms a rule behind those already armed.</summary>
    /// <exception cref="ArgumentException">The kind cannot happen to the target.</exception>
    public void Add(FaultRule rule)
    {
        if (!Fits(rule)) throw new ArgumentException($"{rule.Kind} cannot happen to {rule.Target}.", nameof(rule));
        lock (_lock)
        {
            _rules.Add(new Armed(rule));
            _armed = _rules.Count;
        }
    }

    /// <summary>Disarms every rule, or those of one target.</summary>
    public void Clear(FaultTarget? target = null)
    {
        lock (_lock)
        {
            _rules.RemoveAll(r => target is null || r.Rule.Target == target);
            _armed = _rules.Count;
        }
    }

    /// <summary>Disarms one rule, if it can still be played.</summary>
    public void Remove(FaultRule rule)
    {
        lock (_lock)
        {
            _rules.RemoveAll(r => ReferenceEquals(r.Rule, rule));
            _armed = _rules.Count;
        }
    }

    internal FaultRule? Take(FaultTarget target, string subject)
    {
        if (Volatile.Read(ref _armed) == 0) return null;
        lock (_lock)
        {
            foreach (var armed in _rules)
            {
                if (armed.Rule.Target != target || !FileSystemName.MatchesSimpleExpression(armed.Rule.Pattern, subject)) continue;
                if (armed.Seen++ < armed.Rule.Skip) continue;
                if (armed.Rule.Probability < 1 && _random.NextDouble() >= armed.Rule.Probability) continue;
                if (++armed.Played == armed.Rule.Times)
                {
                    _rules.Remove(armed);
                    _armed = _rules.Count;
                }

                return armed.Rule;
            }
        }

        return null;
    }

    private static bool Fits(FaultRule rule) => rule.Kind switch
    {
        FaultKind.Drop or FaultKind.Delay => true,
        FaultKind.Duplicate or FaultKind.Reorder => rule.Target == FaultTarget.Callback,
        FaultKind.ErrorCode or FaultKind.NullErrorCode or FaultKind.RevokeToken => rule.Target == FaultTarget.Api,
        FaultKind.WithoutEffect => rule.Target == FaultTarget.Crm,
        _ => rule.Target != FaultTarget.Callback,
    };

    private sealed class Armed(FaultRule rule)
    {
        public FaultRule Rule { get; } = rule;
        public int Seen { get; set; }
        public int Played { get; set; }
    }
}
