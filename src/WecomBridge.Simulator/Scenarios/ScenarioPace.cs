namespace WecomBridge.Simulator.Scenarios;

/// <summary>How long a scenario takes, in real time.</summary>
public sealed record ScenarioPace
{
    /// <summary>For people: pauses and delays as on the platform.</summary>
    public static readonly ScenarioPace Full = new() { Length = TimeSpan.FromSeconds(20), Quiet = TimeSpan.FromSeconds(3), Patience = TimeSpan.FromSeconds(25), Scale = 1 };

    /// <summary>For tests: a few customers within a second, pauses and delays a fiftieth as long.</summary>
    public static readonly ScenarioPace Brief = new() { Length = TimeSpan.FromMilliseconds(300), Quiet = TimeSpan.FromMilliseconds(250), Patience = TimeSpan.FromSeconds(3), Scale = 0.02 };

    /// <summary>How long customers come.</summary>
    public required TimeSpan Length { get; init; }

    /// <summary>The bridge is at rest when it has called nothing for this long.</summary>
    public required TimeSpan Quiet { get; init; }

    /// <summary>How long it is waited for that at most.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>What pauses and delays of the script are multiplied with.</summary>
    public required double Scale { get; init; }
}
