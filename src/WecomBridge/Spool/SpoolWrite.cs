using WecomBridge.Broker;

namespace WecomBridge.Spool;

/// <summary>What one caller wants written; shares a transaction and its sync with others.</summary>
internal sealed class SpoolWrite
{
    public List<(long Sequence, OutgoingMessage Message)> Added { get; } = new(2);

    public List<SpooledMessage> Deleted { get; } = [];

    /// <summary>What the added rows count against the cap.</summary>
    public long Bytes { get; set; }

    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
