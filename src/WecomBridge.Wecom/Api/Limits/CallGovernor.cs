using System.Collections.Concurrent;

namespace WecomBridge.Wecom.Api;

/// <summary>Keeps the calls of a process inside the platform's limits: budgets, concurrency and order for each corp and API, and one writer at a time for each thing.</summary>
/// <param name="limits">What the platform takes.</param>
/// <param name="store">Where instances share the budgets.</param>
/// <param name="time">Clock of windows and waits.</param>
/// <remarks>One for all corps and apps of a process. <c>gettoken</c> does not pass through it: its own rule is stricter.</remarks>
public sealed class CallGovernor(CallLimits limits, ICallBudgetStore store, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<(string Corp, string Api), Lazy<ApiGovernor>> _apis = new();

    /// <summary>Writers of each thing.</summary>
    internal WriteTurns Writes { get; } = new();

    /// <summary>Every API that was called so far, as it stands.</summary>
    public IReadOnlyList<CallGauge> Read() => [.. _apis.Values.Select(api => api.Value.Read())];

    /// <summary>Ends the timers.</summary>
    public void Dispose()
    {
        foreach (var api in _apis.Values) api.Value.Dispose();
    }

    /// <summary>What governs one API of one corp.</summary>
    internal ApiGovernor Of(string corp, string api) =>
        _apis.GetOrAdd((corp, api), static (key, self) => new Lazy<ApiGovernor>(() => self.Create(key.Corp, key.Api)), this).Value;

    private ApiGovernor Create(string corp, string api) => new(corp, api, limits, store, time);
}
