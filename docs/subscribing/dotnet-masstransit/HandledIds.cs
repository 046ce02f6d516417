namespace Subscriber;

/// <summary>Ids of events that are done, in a file. Enough for a start. With a database, write the id in the transaction of your work: INSERT ... ON CONFLICT DO NOTHING.</summary>
internal sealed class HandledIds
{
    private const string FileName = "handled.txt";
    private readonly HashSet<string> _ids = File.Exists(FileName) ? [.. File.ReadLines(FileName)] : [];

    public bool Contains(Guid id)
    {
        lock (_ids) return _ids.Contains($"{id}");
    }

    public void Add(Guid id)
    {
        lock (_ids)
        {
            File.AppendAllLines(FileName, [$"{id}"]);
            _ids.Add($"{id}");
        }
    }
}
