using System.Text.Json;
using WecomBridge.Contracts;
using WecomBridge.State;

namespace WecomBridge.Profiles;

/// <summary>What the CRM last said of a customer.</summary>
/// <param name="Identity">Whether and how the customer was found.</param>
/// <param name="Source">Which connector; null when nobody was found.</param>
/// <param name="Facts">By name; personal.</param>
/// <param name="FactsAt">When the CRM said so; null when nobody was found.</param>
/// <param name="ReadAt">When the profile was last worked.</param>
internal sealed record StoredProfile(ProfileIdentity Identity, string? Source, IReadOnlyDictionary<string, string> Facts, DateTimeOffset? FactsAt, DateTimeOffset ReadAt)
{
    /// <summary>Equal for two answers that say the same; how old they are is no difference.</summary>
    public string Print => RelationFieldLedger.PrintOf(JsonSerializer.Serialize(new { Identity, facts = Facts.OrderBy(fact => fact.Key, StringComparer.Ordinal) }));
}

/// <summary>What a new answer of the CRM changes.</summary>
/// <param name="Says">It says something else than the last one, or is the first to say anything.</param>
/// <param name="Names">It names another record than the last one, or the first.</param>
internal sealed record ProfileChange(bool Says, bool Names);

/// <summary>What is kept of a relation's profile.</summary>
/// <param name="UserKey">The member, in the spelling that is compared.</param>
/// <param name="Announced">Print of the profile last published; null when none was.</param>
/// <param name="Fields">Whose each field was when it was last read; empty after the end.</param>
internal sealed record RelationNote(string UserKey, string? Announced, IReadOnlyDictionary<RelationField, FieldHolder> Fields);

/// <summary>The joined profiles as they were last known. They hold personal data and are forgotten when nobody has the customer any more.</summary>
internal static class ProfileBook
{
    private const string OfCustomer = "corp = @corp AND external_user_id = @externalUserId";

    /// <summary>The customer's; null when none was worked yet.</summary>
    public static async Task<StoredProfile?> FindAsync(StateSession session, string corp, string externalUserId)
    {
        var row = await session.FindAsync<Row>($"SELECT identity_key, confidence, crm_id, source, facts, facts_at, read_at FROM profiles WHERE {OfCustomer}", new { corp, externalUserId });
        return row?.ToProfile();
    }

    /// <summary>Stores an answer and tells what is new in it.</summary>
    public static async Task<ProfileChange> PutAsync(StateSession session, string corp, string externalUserId, StoredProfile profile)
    {
        var print = profile.Print;
        var before = await session.FindAsync<Row>($"SELECT print, crm_id FROM profiles WHERE {OfCustomer} {session.ForUpdate}", new { corp, externalUserId });
        await session.ExecuteAsync(
            """
            INSERT INTO profiles (corp, external_user_id, identity_key, confidence, crm_id, source, facts, facts_at, print, read_at)
            VALUES (@corp, @externalUserId, @Key, @Confidence, @CrmId, @Source, @Facts, @FactsAt, @print, @ReadAt)
            ON CONFLICT (corp, external_user_id) DO UPDATE SET identity_key = excluded.identity_key, confidence = excluded.confidence, crm_id = excluded.crm_id,
                source = excluded.source, facts = excluded.facts, facts_at = excluded.facts_at, print = excluded.print, read_at = excluded.read_at
            """,
            new
            {
                corp,
                externalUserId,
                profile.Identity.Key,
                profile.Identity.Confidence,
                profile.Identity.CrmId,
                profile.Source,
                Facts = JsonSerializer.Serialize(profile.Facts),
                FactsAt = profile.FactsAt?.ToDb(),
                print,
                ReadAt = profile.ReadAt.ToDb(),
            });
        var says = before is null ? profile.Identity.Confidence != Confidences.None : before.Print != print;
        return new ProfileChange(says, profile.Identity.CrmId is { } crmId && crmId != before?.CrmId);
    }

    /// <summary>Nobody has the customer any more: the facts go, the identity stays for what is still to be said of the end.</summary>
    public static Task ForgetFactsAsync(StateSession session, string corp, string externalUserId) =>
        session.ExecuteAsync($"UPDATE profiles SET facts = '{{}}', facts_at = NULL, print = '' WHERE {OfCustomer}", new { corp, externalUserId });

    /// <summary>Notes of all relations of a customer.</summary>
    public static async Task<IReadOnlyList<RelationNote>> NotesAsync(StateSession session, string corp, string externalUserId)
    {
        var rows = await session.QueryAsync<NoteRow>($"SELECT user_key, announced, fields FROM profile_relations WHERE {OfCustomer} ORDER BY user_key", new { corp, externalUserId });
        return [.. rows.Select(row => new RelationNote(row.UserKey, row.Announced, JsonSerializer.Deserialize<Dictionary<RelationField, FieldHolder>>(row.Fields)!))];
    }

    /// <summary>Replaces the note of a relation.</summary>
    public static Task PutNoteAsync(StateSession session, RelationKey key, RelationNote note, DateTimeOffset now) =>
        session.ExecuteAsync(
            """
            INSERT INTO profile_relations (corp, user_key, external_user_id, announced, fields, changed_at) VALUES (@Corp, @UserKey, @ExternalUserId, @Announced, @Fields, @Now)
            ON CONFLICT (corp, external_user_id, user_key) DO UPDATE SET announced = excluded.announced, fields = excluded.fields, changed_at = excluded.changed_at
            """,
            new { key.Corp, key.UserKey, key.ExternalUserId, note.Announced, Fields = JsonSerializer.Serialize(note.Fields), Now = now.ToDb() });

    private sealed class Row
    {
        public string? IdentityKey { get; set; }

        public string Confidence { get; set; } = "";

        public string? CrmId { get; set; }

        public string? Source { get; set; }

        public string Print { get; set; } = "";

        public string Facts { get; set; } = "{}";

        public long? FactsAt { get; set; }

        public long ReadAt { get; set; }

        public StoredProfile ToProfile() => new(
            new ProfileIdentity { Key = IdentityKey, Confidence = Confidence, CrmId = CrmId }, Source, JsonSerializer.Deserialize<Dictionary<string, string>>(Facts)!, FactsAt.ToTime(), ReadAt.ToTime());
    }

    private sealed class NoteRow
    {
        public string UserKey { get; set; } = "";

        public string? Announced { get; set; }

        public string Fields { get; set; } = "{}";
    }
}
