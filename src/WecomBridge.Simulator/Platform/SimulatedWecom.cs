using WecomBridge.Simulator.Callbacks;

namespace WecomBridge.Simulator.Platform;

/// <summary>The platform: all corps, their people, and what can happen to them.</summary>
public sealed class SimulatedWecom : IDisposable
{
    internal SimulatedWecom(SimulatorOptions options, SeededIds ids, CallbackSender sender) =>
        Corps = [.. options.Corps.Select(c => new SimulatedCorp(c, ids, options, sender))];

    /// <summary>All corps, in the order of the options.</summary>
    public IReadOnlyList<SimulatedCorp> Corps { get; }

    /// <summary>A corp by its CorpId; without one, the first.</summary>
    /// <exception cref="KeyNotFoundException">There is no such corp.</exception>
    public SimulatedCorp Corp(string? corpId = null) =>
        Corps.FirstOrDefault(c => corpId is null || c.CorpId == corpId) ?? throw new KeyNotFoundException($"There is no corp {corpId}.");

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var app in Corps.SelectMany(c => c.Apps)) app.Dispose();
    }
}
