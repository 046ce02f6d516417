using System.Text.Json.Nodes;

namespace WecomBridge.Simulator.Platform;

/// <summary>Something that an app made through the API and the platform keeps as it was given: a contact way, a template, a mass message.</summary>
internal sealed class StoredRecord(string id, string app, DateTimeOffset createdAt, JsonObject content)
{
    public string Id { get; } = id;
    public string App { get; } = app;
    public DateTimeOffset CreatedAt { get; } = createdAt;
    public JsonObject Content { get; } = content;

    /// <summary>No longer in force, but still known.</summary>
    public bool Cancelled { get; set; }

    /// <summary>Members who have done their part, with the time; only they reach customers.</summary>
    public Dictionary<string, DateTimeOffset> DoneBy { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Moments of the reminders sent.</summary>
    public List<DateTimeOffset> Reminders { get; } = [];
}

/// <summary>Records of one kind in the order they were made; guarded by the corp's lock.</summary>
internal sealed class RecordShelf
{
    private readonly Dictionary<string, StoredRecord> _byId = new(StringComparer.Ordinal);
    private readonly List<StoredRecord> _inOrder = [];

    public IReadOnlyList<StoredRecord> All => _inOrder;

    public int Count => _inOrder.Count;

    public void Add(StoredRecord record)
    {
        _byId.Add(record.Id, record);
        _inOrder.Add(record);
    }

    public StoredRecord? Find(string id) => _byId.GetValueOrDefault(id);

    public void Remove(StoredRecord record)
    {
        _byId.Remove(record.Id);
        _inOrder.Remove(record);
    }
}
