using System.Security.Cryptography;
using System.Text;

namespace WecomBridge.State;

/// <summary>What of a relation this service may write.</summary>
internal enum RelationField
{
    Remark,
    Description,
    Company,
    Mobiles,
}

/// <summary>What is known of our writing into one field; texts as prints.</summary>
/// <param name="Key">Member and customer, the member in the spelling that is compared.</param>
/// <param name="Field">Which field.</param>
/// <param name="Written">What was last written; null when nothing surely was.</param>
/// <param name="Intended">What was being written: the call may or may not have been made. Null when none is open.</param>
/// <param name="Life">When the two had been added, by the platform's clock, at the writing.</param>
internal sealed record WrittenField(RelationKey Key, RelationField Field, string? Written, string? Intended, DateTimeOffset Life)
{
    /// <summary>Written in a life of the relation that a removal has ended: the platform has wiped it.</summary>
    public bool IsOver(Relation? relation) => relation?.RemovedAt >= Life;
}

/// <summary>Which fields of relations are ours to change: what is not in here belongs to a person.</summary>
internal static class RelationFieldLedger
{
    private const string OfRelation = "corp = @Corp AND external_user_id = @ExternalUserId AND user_key = @UserKey";

    /// <summary>SHA-256 of a text, in hexadecimal.</summary>
    public static string PrintOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The same for two spellings of one number: its digits count, without China's prefix.</summary>
    public static string PrintOfMobile(string number) => PrintOf(MobileNumber.Digits(number));

    /// <summary>All that was written on any relation of a customer, ended lives included.</summary>
    public static async Task<IReadOnlyList<WrittenField>> OfCustomerAsync(StateSession session, string corp, string externalUserId)
    {
        var rows = await session.QueryAsync<Row>(
            "SELECT user_key, field, written, intended, life FROM relation_fields WHERE corp = @corp AND external_user_id = @externalUserId ORDER BY user_key, field", new { corp, externalUserId });
        return [.. rows.Select(row => new WrittenField(new RelationKey(corp, row.UserKey, externalUserId), Enum.Parse<RelationField>(row.Field, ignoreCase: true), row.Written, row.Intended, row.Life.ToTime()))];
    }

    /// <summary>Before the call.</summary>
    /// <param name="session">Inside a transaction.</param>
    /// <param name="key">Member and customer.</param>
    /// <param name="field">Which field.</param>
    /// <param name="print">What is about to be written.</param>
    /// <param name="life">When the two were added.</param>
    /// <param name="isFirst">Nothing of ours stands there: what was written before is over.</param>
    /// <param name="now">The present.</param>
    public static Task RecordIntentAsync(StateSession session, RelationKey key, RelationField field, string print, DateTimeOffset life, bool isFirst, DateTimeOffset now) =>
        SetAsync(session, key, field, "intended", isFirst ? "intended = @Print, written = NULL, life = @Life" : "intended = @Print, life = @Life", print, life, now);

    /// <summary>After the platform's yes, or when the intent was found carried out.</summary>
    public static Task ConfirmAsync(StateSession session, RelationKey key, RelationField field, string print, DateTimeOffset life, DateTimeOffset now) =>
        SetAsync(session, key, field, "written", "written = @Print, intended = NULL, life = @Life", print, life, now);

    /// <summary>After the platform's no: nothing was written.</summary>
    public static async Task ForgetIntentsAsync(StateSession session, RelationKey key)
    {
        await session.ExecuteAsync($"DELETE FROM relation_fields WHERE {OfRelation} AND written IS NULL", Parameters(key));
        await session.ExecuteAsync($"UPDATE relation_fields SET intended = NULL WHERE {OfRelation}", Parameters(key));
    }

    /// <summary>The relation has ended, and with it what was written on it.</summary>
    public static Task ForgetAsync(StateSession session, RelationKey key) => session.ExecuteAsync($"DELETE FROM relation_fields WHERE {OfRelation}", Parameters(key));

    private static Task<int> SetAsync(StateSession session, RelationKey key, RelationField field, string column, string update, string print, DateTimeOffset life, DateTimeOffset now) =>
        session.ExecuteAsync(
            $"""
            INSERT INTO relation_fields (corp, user_key, external_user_id, field, {column}, life, changed_at) VALUES (@Corp, @UserKey, @ExternalUserId, @Field, @Print, @Life, @Now)
            ON CONFLICT (corp, external_user_id, user_key, field) DO UPDATE SET {update}, changed_at = @Now
            """,
            new { key.Corp, key.UserKey, key.ExternalUserId, Field = field.ToString().ToLowerInvariant(), Print = print, Life = life.ToDb(), Now = now.ToDb() });

    private static object Parameters(RelationKey key) => new { key.Corp, key.UserKey, key.ExternalUserId };

    private sealed class Row
    {
        public string UserKey { get; set; } = "";

        public string Field { get; set; } = "";

        public string? Written { get; set; }

        public string? Intended { get; set; }

        public long Life { get; set; }
    }
}

/// <summary>Mobile numbers as people write them.</summary>
internal static class MobileNumber
{
    /// <summary>The digits; eleven of them behind China's prefix are the number that staff write without it.</summary>
    public static string Digits(string number)
    {
        var digits = new string([.. number.Where(char.IsAsciiDigit)]);
        return digits switch
        {
            ['0', '0', '8', '6', .. { Length: 11 } local] => local,
            ['8', '6', .. { Length: 11 } local] => local,
            _ => digits,
        };
    }
}
