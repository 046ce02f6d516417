namespace WecomBridge.State;

/// <summary>A file as WeCom holds it for one corp.</summary>
/// <param name="Corp">Configured name of the corp.</param>
/// <param name="Key">Kind and hash of the content.</param>
/// <param name="MediaId">WeCom's id of it.</param>
/// <param name="CreatedAt">When its upload began, by our clock: never later than WeCom counts from.</param>
/// <param name="RefreshAt">When it is to be uploaded again.</param>
/// <param name="Refused">WeCom has refused it in a greeting.</param>
internal sealed record StoredMedia(string Corp, string Key, string MediaId, DateTimeOffset CreatedAt, DateTimeOffset RefreshAt, bool Refused);

/// <summary>What has been uploaded for greetings, shared by all instances.</summary>
internal static class GreetingMediaStore
{
    private const string Columns = "corp, media_key, media_id, created_at, refresh_at, refused";

    /// <summary>Everything, of all corps.</summary>
    public static async Task<IReadOnlyList<StoredMedia>> AllAsync(StateSession session) =>
        [.. (await session.QueryAsync<Row>($"SELECT {Columns} FROM greeting_media")).Select(row => row.ToMedia())];

    /// <summary>What WeCom was last given; null when nothing was.</summary>
    public static async Task<StoredMedia?> FindAsync(StateSession session, string corp, string key) =>
        (await session.FindAsync<Row>($"SELECT {Columns} FROM greeting_media WHERE corp = @corp AND media_key = @key", new { corp, key }))?.ToMedia();

    /// <summary>Notes an upload in the place of an earlier one, and forgets those of the corp that WeCom has forgotten.</summary>
    /// <param name="session">Inside a transaction.</param>
    /// <param name="media">The upload.</param>
    /// <param name="forgotten">WeCom no longer has what was uploaded before.</param>
    public static async Task SaveAsync(StateSession session, StoredMedia media, DateTimeOffset forgotten)
    {
        await session.ExecuteAsync("DELETE FROM greeting_media WHERE corp = @Corp AND created_at < @Forgotten", new { media.Corp, Forgotten = forgotten.ToDb() });
        await session.ExecuteAsync(
            $"""
            INSERT INTO greeting_media ({Columns}) VALUES (@Corp, @Key, @MediaId, @CreatedAt, @RefreshAt, @Refused)
            ON CONFLICT (corp, media_key) DO UPDATE SET
                media_id = excluded.media_id, created_at = excluded.created_at, refresh_at = excluded.refresh_at, refused = excluded.refused
            """,
            new { media.Corp, media.Key, media.MediaId, CreatedAt = media.CreatedAt.ToDb(), RefreshAt = media.RefreshAt.ToDb(), Refused = media.Refused ? 1L : 0L });
    }

    /// <summary>Notes that WeCom refuses an upload; a later one of the same content is left alone.</summary>
    public static Task RefuseAsync(StateSession session, string corp, string mediaId) =>
        session.ExecuteAsync("UPDATE greeting_media SET refused = 1 WHERE corp = @corp AND media_id = @mediaId", new { corp, mediaId });

    /// <summary>Drops uploads that wait for a person and that no setting needs any more.</summary>
    /// <param name="session">Inside a transaction.</param>
    /// <param name="lane">Of uploads.</param>
    /// <param name="needed">Corp and key of what the settings need.</param>
    /// <param name="parkedBefore">Only those: instances whose settings are just being changed differ for a while.</param>
    public static async Task DropParkedAsync(StateSession session, string lane, IReadOnlySet<(string Corp, string Key)> needed, DateTimeOffset parkedBefore)
    {
        foreach (var parked in await session.QueryAsync<ParkedRow>("SELECT corp, work_key FROM work WHERE lane = @lane AND parked_at < @Before", new { lane, Before = parkedBefore.ToDb() }))
        {
            if (!needed.Contains((parked.Corp, parked.WorkKey)))
                await session.ExecuteAsync("DELETE FROM work WHERE lane = @lane AND corp = @Corp AND work_key = @WorkKey AND parked_at < @Before", new { lane, parked.Corp, parked.WorkKey, Before = parkedBefore.ToDb() });
        }
    }

    private sealed class ParkedRow
    {
        public string Corp { get; set; } = "";

        public string WorkKey { get; set; } = "";
    }

    private sealed class Row
    {
        public string Corp { get; set; } = "";

        public string MediaKey { get; set; } = "";

        public string MediaId { get; set; } = "";

        public long CreatedAt { get; set; }

        public long RefreshAt { get; set; }

        public long Refused { get; set; }

        public StoredMedia ToMedia() => new(Corp, MediaKey, MediaId, CreatedAt.ToTime(), RefreshAt.ToTime(), Refused != 0);
    }
}
