using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace WecomBridge.Simulator.Ledger;

/// <summary>Everything sent and received, in the order it was written down; append-only and safe to read at any moment.</summary>
public sealed class SimulatorLedger
{
    private readonly Lock _lock = new();
    private readonly List<LedgerEntry> _entries = [];
    private readonly List<Channel<LedgerEntry>> _followers = [];
    private readonly TimeProvider _time;

    internal SimulatorLedger(TimeProvider time) => _time = time;

    /// <summary>All entries so far.</summary>
    public IReadOnlyList<LedgerEntry> Entries
    {
        get
        {
            lock (_lock) return [.. _entries];
        }
    }

    /// <summary>Every attempt to deliver a callback.</summary>
    public IReadOnlyList<CallbackEntry> Callbacks => Of<CallbackEntry>();

    /// <summary>Attempts answered 200. The same event may be there more than once: other apps, duplicates, an answer that came too late before.</summary>
    public IReadOnlyList<CallbackEntry> Acknowledged => [.. Callbacks.Where(c => c.Acknowledged)];

    /// <summary>One attempt each, the last, of the deliveries (event and app) that were never acknowledged: WeCom has forgotten these, or is still trying.</summary>
    public IReadOnlyList<CallbackEntry> Unacknowledged =>
        [.. Callbacks.GroupBy(c => (c.Event, c.App)).Where(g => !g.Any(c => c.Acknowledged)).Select(g => g.Last())];

    /// <summary>Every API call.</summary>
    public IReadOnlyList<ApiEntry> ApiCalls => Of<ApiEntry>();

    /// <summary>Greetings the platform accepted.</summary>
    public IReadOnlyList<WelcomeEntry> AcceptedWelcomes => Of<WelcomeEntry>();

    /// <summary>Greetings beyond the first of one add; empty in a sound run.</summary>
    public IReadOnlyList<WelcomeEntry> DoubleWelcomes => [.. AcceptedWelcomes.GroupBy(w => w.Add).SelectMany(g => g.Skip(1))];

    /// <summary>Tags set and removed through the API.</summary>
    public IReadOnlyList<TagMarkEntry> TagMarks => Of<TagMarkEntry>();

    /// <summary>Tags and groups created, edited, deleted through the API.</summary>
    public IReadOnlyList<TagDefinitionEntry> TagDefinitions => Of<TagDefinitionEntry>();

    /// <summary>Remarks written through the API.</summary>
    public IReadOnlyList<RemarkEntry> Remarks => Of<RemarkEntry>();

    /// <summary>Messages sent to members through the API.</summary>
    public IReadOnlyList<StaffMessageEntry> StaffMessages => Of<StaffMessageEntry>();

    /// <summary>Contact ways, links, templates and tasks made or changed through the API.</summary>
    public IReadOnlyList<ObjectEntry> Objects => Of<ObjectEntry>();

    /// <summary>Files uploaded through the API.</summary>
    public IReadOnlyList<MediaEntry> Uploads => Of<MediaEntry>();

    /// <summary>Every CRM call.</summary>
    public IReadOnlyList<CrmEntry> CrmCalls => Of<CrmEntry>();

    /// <summary>Calls of one API path after <c>/cgi-bin/</c>.</summary>
    public IReadOnlyList<ApiEntry> CallsOf(string path) => [.. ApiCalls.Where(c => c.Path == path)];

    /// <summary>Every entry from the first on, each as soon as it is written, until cancelled.</summary>
    public async IAsyncEnumerable<LedgerEntry> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<LedgerEntry>();
        lock (_lock)
        {
            foreach (var entry in _entries) channel.Writer.TryWrite(entry);
            _followers.Add(channel);
        }

        try
        {
            await foreach (var entry in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false)) yield return entry;
        }
        finally
        {
            lock (_lock) _followers.Remove(channel);
        }
    }

    /// <summary>Sequence of the latest entry; 0 when there is none.</summary>
    internal long LastSequence
    {
        get
        {
            lock (_lock) return _entries.Count;
        }
    }

    internal void Add(LedgerEntry entry)
    {
        lock (_lock)
        {
            entry = entry with { Sequence = _entries.Count + 1, At = _time.GetUtcNow() };
            _entries.Add(entry);
            foreach (var follower in _followers) follower.Writer.TryWrite(entry);
        }
    }

    private List<T> Of<T>()
        where T : LedgerEntry
    {
        lock (_lock) return [.. _entries.OfType<T>()];
    }
}
