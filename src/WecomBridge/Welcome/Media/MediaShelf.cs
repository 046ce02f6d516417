using System.Collections.Frozen;

namespace WecomBridge.Welcome;

/// <summary>What the files of the settings hold, as of the last look. Contents are not kept.</summary>
internal sealed class MediaShelf
{
    private FrozenDictionary<MediaFile, Held> _held = FrozenDictionary<MediaFile, Held>.Empty;

    /// <param name="Key">Of the content in use; null when there never was a good one.</param>
    /// <param name="Former">Of the content before it: good until the new one is with WeCom.</param>
    /// <param name="Taken">The file's length and time when that content was read.</param>
    /// <param name="Seen">The same at the last look.</param>
    /// <param name="Fault">What is wrong with the file now; its earlier content stays in use.</param>
    private sealed record Held(string? Key, string? Former, Stamp Taken, Stamp Seen, string? Fault);

    private readonly record struct Stamp(long Length, DateTime ChangedUtc);

    /// <summary>Key of a file's content, then that of the content before it; either may be null.</summary>
    public (string? Key, string? Former) KeysOf(MediaFile file) => _held.GetValueOrDefault(file) is { } held ? (held.Key, held.Former) : (null, null);

    /// <summary>What is wrong with a file, the end of a sentence; null when nothing is.</summary>
    public string? FaultOf(MediaFile file) => _held.GetValueOrDefault(file)?.Fault;

    /// <summary>A file with this content; null when no file of the settings has it any more.</summary>
    public MediaFile? Find(string key) => _held.FirstOrDefault(pair => pair.Value.Key == key).Key;

    /// <summary>Looks at the files again. Only one caller at a time.</summary>
    public void Rescan(IEnumerable<MediaFile> files) => _held = files.Distinct().ToFrozenDictionary(file => file, file => Look(file, _held.GetValueOrDefault(file)));

    private static Held Look(MediaFile file, Held? before)
    {
        var seen = StampOf(file);
        if (before is { Key: not null } && seen == before.Taken) return before with { Seen = seen, Fault = null };
        // A file that is just being written is taken when two looks in a row find it the same.
        if (before is not null && seen != before.Seen) return before with { Seen = seen };
        var reading = MediaFileReader.Read(file);
        if (reading.Fault is not null) return new Held(before?.Key, before?.Former, before?.Taken ?? default, seen, reading.Fault);
        return new Held(reading.Key, before?.Key == reading.Key ? before.Former : before?.Key, seen, seen, null);
    }

    private static Stamp StampOf(MediaFile file)
    {
        try
        {
            var info = new FileInfo(file.Location);
            return info.Exists ? new Stamp(info.Length, info.LastWriteTimeUtc) : default;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return default;
        }
    }
}
