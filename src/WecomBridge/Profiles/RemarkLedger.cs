using System.Security.Cryptography;
using System.Text;
using WecomBridge.State;

namespace WecomBridge.Profiles;

/// <summary>What is known of our writing on one relation; texts as prints.</summary>
/// <param name="Written">The remark last written.</param>
/// <param name="Intended">The remark that was being written; the call may or may not have been made.</param>
/// <param name="Announced">The profile last published.</param>
internal sealed record RemarkEntry(string? Written, string? Intended, string? Announced)
{
    /// <summary>The remark that stands was written by this service.</summary>
    public bool IsOurs(string remark) => RemarkLedger.PrintOf(remark) is var print && (print == Written || print == Intended);
}

/// <summary>Which remarks are ours to change: what is not in here belongs to a person.</summary>
internal static class RemarkLedger
{
    /// <summary>SHA-256 of a text, in hexadecimal.</summary>
    public static string PrintOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>What is known; nothing known is an entry of nulls.</summary>
    public static async Task<RemarkEntry> FindAsync(StateSession session, RelationKey key)
    {
        var row = await session.FindAsync<Row>("SELECT written, intended, announced FROM remarks WHERE corp = @Corp AND external_user_id = @ExternalUserId AND user_key = @UserKey", Parameters(key));
        return new RemarkEntry(row?.Written, row?.Intended, row?.Announced);
    }

    /// <summary>Before the call.</summary>
    public static Task RecordIntentAsync(StateSession session, RelationKey key, string remark, DateTimeOffset now) => SetAsync(session, key, "intended", "@print", PrintOf(remark), now);

    /// <summary>After the platform's yes.</summary>
    public static Task ConfirmAsync(StateSession session, RelationKey key, string remark, DateTimeOffset now) => SetAsync(session, key, "written", "@print, intended = NULL", PrintOf(remark), now);

    /// <summary>After the profile was published.</summary>
    public static Task RecordAnnouncedAsync(StateSession session, RelationKey key, string print, DateTimeOffset now) => SetAsync(session, key, "announced", "@print", print, now);

    private static Task<int> SetAsync(StateSession session, RelationKey key, string column, string update, string print, DateTimeOffset now) =>
        session.ExecuteAsync(
            $"""
            INSERT INTO remarks (corp, user_key, external_user_id, {column}, changed_at) VALUES (@Corp, @UserKey, @ExternalUserId, @print, @Now)
            ON CONFLICT (corp, external_user_id, user_key) DO UPDATE SET {column} = {update}, changed_at = @Now
            """,
            new { key.Corp, key.UserKey, key.ExternalUserId, print, Now = now.ToDb() });

    private static object Parameters(RelationKey key) => new { key.Corp, key.UserKey, key.ExternalUserId };

    private sealed class Row
    {
        public string? Written { get; set; }

        public string? Intended { get; set; }

        public string? Announced { get; set; }
    }
}
