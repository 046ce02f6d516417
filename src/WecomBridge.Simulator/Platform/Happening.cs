using WecomBridge.Simulator.Ledger;

namespace WecomBridge.Simulator.Platform;

/// <summary>Something that happened in the simulated WeCom and was called back.</summary>
public sealed class Happening
{
    /// <summary>Number of the event, counted over the run; the ledger's callback entries carry it.</summary>
    public required long Number { get; init; }

    /// <summary><c>Event/ChangeType</c>, such as <c>change_external_contact/add_external_contact</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Id of what it is about: customer, group, tag; empty when the event has none.</summary>
    public string SubjectId { get; init; } = "";

    /// <summary>Welcome codes by app name; empty when none were issued.</summary>
    public IReadOnlyDictionary<string, string> WelcomeCodes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Ends when every app's callback was acknowledged or given up; one outcome for each app. Never faults.</summary>
    public required Task<IReadOnlyList<CallbackOutcome>> Delivered { get; init; }
}
