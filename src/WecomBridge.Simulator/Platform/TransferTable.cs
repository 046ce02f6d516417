namespace WecomBridge.Simulator.Platform;

/// <summary>A customer on the way from one member to another.</summary>
internal sealed record StoredTransfer(string From, string To, string ExternalUserId, DateTimeOffset At, bool Resigned);

/// <summary>Transfers asked for through the API, the done ones included, and members who have left; guarded by the corp's lock.</summary>
internal sealed class TransferTable
{
    /// <summary>A transfer of a member who stays is completed after a day unless the customer refuses (api.md 10).</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromHours(24);

    private readonly List<StoredTransfer> _all = [];

    /// <summary>Members who have left, with the time they did.</summary>
    public Dictionary<string, DateTimeOffset> Resigned { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Groups handed over, with the time, latest last.</summary>
    public List<(string ChatId, string NewOwner, DateTimeOffset At)> Groups { get; } = [];

    /// <summary>Transfers that came to nothing, by taker and customer, with the reason of the event.</summary>
    public Dictionary<(string To, string ExternalUserId), string> Failed { get; } = [];

    public void Add(StoredTransfer transfer) => _all.Add(transfer);

    public IEnumerable<StoredTransfer> Between(string from, string to) =>
        _all.Where(t => t.From.Equals(from, StringComparison.OrdinalIgnoreCase) && t.To.Equals(to, StringComparison.OrdinalIgnoreCase));

    public IEnumerable<StoredTransfer> Of(string externalUserId) => _all.Where(t => t.ExternalUserId == externalUserId);
}
