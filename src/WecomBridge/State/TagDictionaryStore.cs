namespace WecomBridge.State;

/// <summary>How a group or tag of the settings stands in WeCom.</summary>
internal enum TagDictionaryStatus
{
    /// <summary>It is there under this name.</summary>
    Known,

    /// <summary>It is there, and an administrator gave it another name.</summary>
    Renamed,

    /// <summary>An administrator deleted it.</summary>
    Deleted,

    /// <summary>WeCom refused to create it.</summary>
    Refused,
}

/// <summary>A group or tag of the settings with its id in WeCom.</summary>
/// <param name="Group">Group, as settings name it.</param>
/// <param name="Tag">Tag, as settings name it; empty for the group itself.</param>
/// <param name="Id">The platform's id; empty when it never had one.</param>
/// <param name="Name">What WeCom calls it.</param>
/// <param name="Status">How it stands.</param>
internal sealed record TagDictionaryEntry(string Group, string Tag, string Id, string Name, TagDictionaryStatus Status);

/// <summary>Ids of groups and tags, so that a renamed one is still the same and a deleted one is not taken for one that never was.</summary>
internal static class TagDictionaryStore
{
    /// <summary>Everything known of a corp, in the order of names.</summary>
    public static async Task<IReadOnlyList<TagDictionaryEntry>> ReadAsync(StateSession session, string corp)
    {
        var rows = await session.QueryAsync<Row>("SELECT tag_group, tag, id, name, status FROM tag_dictionary WHERE corp = @corp ORDER BY tag_group, tag", new { corp });
        return [.. rows.Select(row => new TagDictionaryEntry(row.TagGroup, row.Tag, row.Id, row.Name, Enum.Parse<TagDictionaryStatus>(row.Status, ignoreCase: true)))];
    }

    /// <summary>Replaces what is known of the given groups and tags; others stay, for another instance may know other settings.</summary>
    public static async Task PutAsync(StateSession session, string corp, IReadOnlyList<TagDictionaryEntry> entries, DateTimeOffset now)
    {
        foreach (var entry in entries)
        {
            await session.ExecuteAsync(
                """
                INSERT INTO tag_dictionary (corp, tag_group, tag, id, name, status, changed_at) VALUES (@corp, @Group, @Tag, @Id, @Name, @Status, @Now)
                ON CONFLICT (corp, tag_group, tag) DO UPDATE SET id = excluded.id, name = excluded.name, status = excluded.status, changed_at = excluded.changed_at
                """,
                new { corp, entry.Group, entry.Tag, entry.Id, entry.Name, Status = entry.Status.ToString().ToLowerInvariant(), Now = now.ToDb() });
        }
    }

    /// <summary>How many tags a corp has in WeCom, managed or not.</summary>
    public static Task SetCountAsync(StateSession session, string corp, int count) =>
        session.ExecuteAsync("INSERT INTO tag_corps (corp, tag_count) VALUES (@corp, @Count) ON CONFLICT (corp) DO UPDATE SET tag_count = excluded.tag_count", new { corp, Count = (long)count });

    /// <summary>How many tags a corp had when they were last counted; null before.</summary>
    public static Task<long?> CountAsync(StateSession session, string corp) => session.FindAsync<long?>("SELECT tag_count FROM tag_corps WHERE corp = @corp", new { corp });

    private sealed class Row
    {
        public string TagGroup { get; set; } = "";

        public string Tag { get; set; } = "";

        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public string Status { get; set; } = "";
    }
}
