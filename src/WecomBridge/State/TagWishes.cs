namespace WecomBridge.State;

/// <summary>What a command of the CRM said about one tag of a customer.</summary>
/// <param name="Group">Group, as settings name it.</param>
/// <param name="Tag">Tag, as settings name it.</param>
/// <param name="IsWanted">Shall have it; otherwise shall not.</param>
/// <param name="At">Time of the command.</param>
/// <param name="CommandId">The command.</param>
internal sealed record TagWish(string Group, string Tag, bool IsWanted, DateTimeOffset At, Guid CommandId);

/// <summary>The CRM's newest word for each tag. Any order of the same commands ends in the same wishes.</summary>
internal static class TagWishes
{
    /// <summary>Takes in a command's words; older ones than are known change nothing.</summary>
    /// <param name="session">Inside a transaction.</param>
    /// <param name="corp">Configured name of the corp.</param>
    /// <param name="externalUserId">The customer.</param>
    /// <param name="userId">The member whose relation is meant; null for every member.</param>
    /// <param name="wishes">The words.</param>
    public static async Task PutAsync(StateSession session, string corp, string externalUserId, string? userId, IReadOnlyList<TagWish> wishes)
    {
        foreach (var wish in wishes)
        {
            await session.ExecuteAsync(
                """
                INSERT INTO tag_wishes (corp, external_user_id, user_key, tag_group, tag, wanted, wished_at, command_id)
                VALUES (@corp, @externalUserId, @UserKey, @Group, @Tag, @Wanted, @At, @CommandId)
                ON CONFLICT (corp, external_user_id, user_key, tag_group, tag) DO UPDATE SET wanted = excluded.wanted, wished_at = excluded.wished_at, command_id = excluded.command_id
                WHERE (excluded.wished_at, excluded.command_id) > (tag_wishes.wished_at, tag_wishes.command_id)
                """,
                new { corp, externalUserId, UserKey = userId?.ToLowerInvariant() ?? "", wish.Group, wish.Tag, Wanted = wish.IsWanted ? 1L : 0, At = wish.At.ToDb(), CommandId = wish.CommandId.ToDb() });
        }
    }

    /// <summary>Wishes for a customer by the member's id in lower case; under the empty key those for every member.</summary>
    public static async Task<ILookup<string, TagWish>> OfCustomerAsync(StateSession session, string corp, string externalUserId)
    {
        var rows = await session.QueryAsync<Row>(
            "SELECT user_key, tag_group, tag, wanted, wished_at, command_id FROM tag_wishes WHERE corp = @corp AND external_user_id = @externalUserId", new { corp, externalUserId });
        return rows.ToLookup(row => row.UserKey, row => new TagWish(row.TagGroup, row.Tag, row.Wanted != 0, row.WishedAt.ToTime(), Guid.Parse(row.CommandId)), StringComparer.Ordinal);
    }

    /// <summary>The newest word for each tag on one relation, newest first.</summary>
    public static IReadOnlyList<TagWish> ForMember(ILookup<string, TagWish> wishes, string userKey) =>
        [.. wishes[""].Concat(userKey.Length == 0 ? [] : wishes[userKey])
            .OrderByDescending(wish => wish.At).ThenByDescending(wish => wish.CommandId.ToDb(), StringComparer.Ordinal)
            .DistinctBy(wish => (wish.Group, wish.Tag))];

    private sealed class Row
    {
        public string UserKey { get; set; } = "";

        public string TagGroup { get; set; } = "";

        public string Tag { get; set; } = "";

        public long Wanted { get; set; }

        public long WishedAt { get; set; }

        public string CommandId { get; set; } = "";
    }
}
