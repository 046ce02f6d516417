using WecomBridge.Broker;

namespace WecomBridge.Spool;

/// <summary>What one caller wants written; shares a transaction and its sync with others.</summary>
internal sealed class SpoolWrite
{
    public IReadOnlyList<OutgoingMessage> Added { get; init; } = [];

    /// <summary>Place of the first added message; the others follow it.</summary>
    public long First { get; set; }

    public IReadOnlyList<SpooledMessage> Deleted { get; init; } = [];

    /// <summary>What the added rows count against the cap.</summary>
    public long Bytes { get; init; }

    /// <summary>How many of the added messages are events.</summary>
    public long Events { get; init; }

    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
