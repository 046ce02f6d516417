namespace WecomBridge.Simulator.Platform;

/// <summary>What an uploaded file may be used for; ids of one scene are refused in another (41072).</summary>
internal enum MediaScene
{
    /// <summary><c>media/upload</c> and <c>media/upload_by_url</c>: messages, greetings, templates.</summary>
    Temporary,
    /// <summary><c>media/upload_attachment</c> with type 1.</summary>
    Moments,
    /// <summary><c>media/upload_attachment</c> with type 2.</summary>
    ProductAlbum,
}

/// <summary>An uploaded file.</summary>
internal sealed record StoredMedia(string Id, string Kind, MediaScene Scene, string FileName, string ContentType, byte[] Content)
{
    /// <summary>End of its life; three days from the upload.</summary>
    public DateTimeOffset Until { get; init; }
}

/// <summary>Uploaded files of a corp, shared by its apps; guarded by the corp's lock.</summary>
internal sealed class MediaShelf
{
    /// <summary>How long an id can be used (api.md 12).</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(3);

    private readonly Dictionary<string, StoredMedia> _byId = new(StringComparer.Ordinal);
    private readonly HashSet<string> _images = new(StringComparer.Ordinal);

    public void Add(StoredMedia media) => _byId[media.Id] = media;

    /// <summary>A file that is still alive.</summary>
    public StoredMedia? Find(string id, DateTimeOffset now) => _byId.TryGetValue(id, out var media) && media.Until > now ? media : null;

    /// <summary>Ends the life of every file at once.</summary>
    /// <returns>How many.</returns>
    public int Expire()
    {
        var count = _byId.Count;
        _byId.Clear();
        return count;
    }

    /// <summary>Remembers an address that <c>media/uploadimg</c> gave; these do not end.</summary>
    public void AddImage(string url) => _images.Add(url);

    public bool HasImage(string url) => _images.Contains(url);
}
