using WecomBridge.State;

namespace WecomBridge.Crm;

/// <summary>What the CRM was told of a customer.</summary>
/// <param name="CrmId">The customer's id in the CRM at the last write; null before.</param>
/// <param name="Intended">Print of a write that was begun and not confirmed.</param>
/// <param name="Key">Key of that write.</param>
/// <param name="Confirmed">Print of the write that the CRM last said yes to.</param>
/// <param name="CheckAt">When to see whether it kept it; null when that is done or not wanted.</param>
/// <param name="Repairs">How often this content was written again because the CRM had not kept it.</param>
/// <param name="CreatedAt">When the record was made by this service; null when it was there.</param>
internal sealed record CrmWritten(string? CrmId, string? Intended, Guid? Key, string? Confirmed, DateTimeOffset? CheckAt, int Repairs, DateTimeOffset? CreatedAt)
{
    public static readonly CrmWritten Nothing = new(null, null, null, null, null, 0, null);
}

/// <summary>The table of what the CRM was told.</summary>
internal static class CrmWriteStore
{
    private const string Row = "corp = @corp AND external_user_id = @externalUserId";

    /// <summary>What is known; nothing known is <see cref="CrmWritten.Nothing"/>.</summary>
    public static async Task<CrmWritten> FindAsync(StateSession session, string corp, string externalUserId)
    {
        var row = await session.FindAsync<WrittenRow>($"SELECT crm_id, intended, write_key, confirmed, check_at, repairs, created_at FROM crm_writes WHERE {Row}", new { corp, externalUserId });
        return row?.ToWritten() ?? CrmWritten.Nothing;
    }

    /// <summary>Another customer for whom a record was written; null when there is none.</summary>
    public static Task<string?> FindOtherAsync(StateSession session, string corp, string externalUserId, string crmId) =>
        session.FindAsync<string>("SELECT external_user_id FROM crm_writes WHERE corp = @corp AND crm_id = @crmId AND external_user_id <> @externalUserId ORDER BY external_user_id LIMIT 1", new { corp, externalUserId, crmId });

    /// <summary>The customer was found as another record than the one written to: it is to be looked at, whether anything changed or not.</summary>
    public static Task LookAsync(StateSession session, string corp, string externalUserId, string crmId, DateTimeOffset now) =>
        session.ExecuteAsync($"UPDATE crm_writes SET check_at = @Now, changed_at = @Now WHERE {Row} AND confirmed IS NOT NULL AND (crm_id IS NULL OR crm_id <> @crmId)", new { corp, externalUserId, crmId, Now = now.ToDb() });

    /// <summary>Before the call of a write that is not a repetition.</summary>
    public static Task IntendAsync(StateSession session, string corp, string externalUserId, CrmWrite write, Guid key, DateTimeOffset now) =>
        session.ExecuteAsync(
            """
            INSERT INTO crm_writes (corp, external_user_id, intended, write_key, repairs, changed_at) VALUES (@corp, @externalUserId, @Print, @Key, 0, @Now)
            ON CONFLICT (corp, external_user_id) DO UPDATE SET intended = @Print, write_key = @Key, repairs = 0, changed_at = @Now
            """,
            new { corp, externalUserId, write.Print, Key = key.ToDb(), Now = now.ToDb() });

    /// <summary>The CRM does not hold what it said yes to: it is intended again, under a new key.</summary>
    public static Task RepairAsync(StateSession session, string corp, string externalUserId, CrmWrite write, Guid key, DateTimeOffset now) =>
        session.ExecuteAsync(
            $"UPDATE crm_writes SET intended = @Print, write_key = @Key, confirmed = NULL, check_at = NULL, repairs = repairs + 1, changed_at = @Now WHERE {Row}",
            new { corp, externalUserId, write.Print, Key = key.ToDb(), Now = now.ToDb() });

    /// <summary>After the CRM's yes.</summary>
    public static Task ConfirmAsync(StateSession session, string corp, string externalUserId, CrmWrite write, DateTimeOffset? checkAt, DateTimeOffset now) =>
        session.ExecuteAsync(
            $"""
            UPDATE crm_writes SET crm_id = @Id, created_at = @CreatedAt, confirmed = @Print, intended = NULL, write_key = NULL, check_at = @CheckAt, changed_at = @Now
            WHERE {Row}
            """,
            new { corp, externalUserId, write.Id, write.Print, CreatedAt = write.Id is null ? now.ToDb() : (long?)null, CheckAt = checkAt?.ToDb(), Now = now.ToDb() });

    /// <summary>The CRM holds what it said yes to.</summary>
    public static Task CheckedAsync(StateSession session, string corp, string externalUserId, DateTimeOffset now) =>
        session.ExecuteAsync($"UPDATE crm_writes SET check_at = NULL, repairs = 0, changed_at = @Now WHERE {Row}", new { corp, externalUserId, Now = now.ToDb() });

    /// <summary>The write was surely not done, or is given up: the next is a new one, with a new key.</summary>
    public static Task ResetAsync(StateSession session, string corp, string externalUserId, DateTimeOffset now) =>
        session.ExecuteAsync($"UPDATE crm_writes SET intended = NULL, write_key = NULL, confirmed = NULL, check_at = NULL, repairs = 0, changed_at = @Now WHERE {Row}", new { corp, externalUserId, Now = now.ToDb() });

    private sealed class WrittenRow
    {
        public string? CrmId { get; set; }

        public string? Intended { get; set; }

        public string? WriteKey { get; set; }

        public string? Confirmed { get; set; }

        public long? CheckAt { get; set; }

        public long Repairs { get; set; }

        public long? CreatedAt { get; set; }

        public CrmWritten ToWritten() => new(CrmId, Intended, WriteKey is null ? null : Guid.Parse(WriteKey), Confirmed, CheckAt.ToTime(), (int)Repairs, CreatedAt.ToTime());
    }
}
