using System.IO.Enumeration;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Faults;

/// <summary>What a person or another system does while a call is on its way: after the caller has read, before its call takes effect.</summary>
public sealed record Intervention
{
    /// <summary>Before which calls: the path after <c>/cgi-bin/</c>; <c>*</c> any text, <c>?</c> one character, ignoring case.</summary>
    public required string Pattern { get; init; }

    /// <summary>What is done. The call waits for it.</summary>
    public required Action<CallAtHand> Act { get; init; }

    /// <summary>How often at most; null, the default, is without end.</summary>
    public int? Times { get; init; }
}

/// <summary>A call that has passed token, rights and limits and is about to take effect.</summary>
/// <param name="Path">Path after <c>/cgi-bin/</c>.</param>
/// <param name="Corp">The corp.</param>
/// <param name="App">The caller.</param>
/// <param name="UserId">The member it is about; null when it names none.</param>
/// <param name="ExternalUserId">The customer it is about; null when it names none.</param>
public sealed record CallAtHand(string Path, SimulatedCorp Corp, SimulatedApp App, string? UserId, string? ExternalUserId);

/// <summary>The interventions that still happen. Safe to change while running.</summary>
public sealed class Interventions
{
    private readonly Lock _lock = new();
    private readonly List<(Intervention Intervention, int Left)> _all = [];

    /// <summary>Happens before each matching call from now on.</summary>
    public void Add(Intervention intervention)
    {
        ArgumentNullException.ThrowIfNull(intervention);
        lock (_lock) _all.Add((intervention, intervention.Times ?? int.MaxValue));
    }

    /// <summary>Happens no more.</summary>
    public void Remove(Intervention intervention)
    {
        lock (_lock) _all.RemoveAll(one => ReferenceEquals(one.Intervention, intervention));
    }

    /// <summary>Nothing happens any more.</summary>
    public void Clear()
    {
        lock (_lock) _all.Clear();
    }

    internal void Happen(CallAtHand call)
    {
        foreach (var intervention in Take(call.Path)) intervention.Act(call);
    }

    private List<Intervention> Take(string path)
    {
        lock (_lock)
        {
            var taken = new List<Intervention>();
            for (var n = _all.Count - 1; n >= 0; n--)
            {
                var (intervention, left) = _all[n];
                if (!FileSystemName.MatchesSimpleExpression(intervention.Pattern, path)) continue;
                taken.Insert(0, intervention);
                if (left == 1) _all.RemoveAt(n);
                else _all[n] = (intervention, left - 1);
            }

            return taken;
        }
    }
}
