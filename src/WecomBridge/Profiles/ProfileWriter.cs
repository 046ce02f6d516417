using WecomBridge.Crm;
using WecomBridge.State;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Profiles;

/// <summary>A relation as WeCom says it stands, and what this service wrote on it.</summary>
/// <param name="Key">Member and customer.</param>
/// <param name="Customer">The customer.</param>
/// <param name="Follower">The member's side.</param>
/// <param name="Relation">What events told; null when none did.</param>
/// <param name="Written">What of ours is not over.</param>
internal sealed record StandingRelation(RelationKey Key, ExternalContact? Customer, FollowUser Follower, Relation? Relation, IReadOnlyList<WrittenField> Written)
{
    private const int WeChatUser = 1;

    /// <summary>When WeCom was asked; null when what it said is not to be asked again.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>When the two were added, by the platform's clock.</summary>
    public DateTimeOffset Added => Follower.Createtime is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : Relation?.AddedAt ?? DateTimeOffset.UnixEpoch;

    /// <summary>The platform takes a company of WeChat users only.</summary>
    public bool TakesCompany => Customer?.Type == WeChatUser;

    public WrittenField? Entry(RelationField field) => Written.FirstOrDefault(entry => entry.Field == field);

    /// <summary>The text that stands in a field.</summary>
    public string Text(RelationField field) => field switch
    {
        RelationField.Remark => Follower.Remark,
        RelationField.Description => Follower.Description,
        _ => Follower.RemarkCorpName,
    } ?? "";

    /// <summary>Nobody wrote what stands there: WeCom gives the customer's own name for a remark nobody has written.</summary>
    public bool IsFree(RelationField field) => Text(field) is var text && (text.Length == 0 || (field == RelationField.Remark && text == Customer?.Name));
}

/// <summary>What came of writing one relation.</summary>
/// <param name="Wrote">A call was made.</param>
/// <param name="Holders">Whose each field is now.</param>
internal sealed record WrittenRelation(bool Wrote, IReadOnlyDictionary<RelationField, FieldHolder> Holders)
{
    /// <summary>Nothing was written, for a person may have written since the relation was read.</summary>
    public bool IsOutdated { get; init; }
}

/// <summary>Writes what the CRM knows into the fields of a relation, all in one call, and none when nothing differs.</summary>
internal sealed class ProfileWriter(IWecomClientFactory clients, FieldTemplates templates, IStateDatabase database, TimeProvider time)
{
    /// <summary>How old what WeCom said may be when it is written over.</summary>
    private static readonly TimeSpan LongestAge = TimeSpan.FromSeconds(2);

    private static readonly RelationField[] Texts = [RelationField.Remark, RelationField.Description, RelationField.Company];

    /// <param name="item">The work, for its app.</param>
    /// <param name="standing">The relation.</param>
    /// <param name="match">The CRM's record, sure enough to be written; null when nothing may be.</param>
    /// <param name="cancellationToken">Stops waiting; the call may take effect all the same.</param>
    public async Task<WrittenRelation> WriteAsync(WorkItem item, StandingRelation standing, CrmMatch? match, CancellationToken cancellationToken)
    {
        var texts = Texts.ToDictionary(field => field, field => Plan(standing, field, match));
        var mobiles = PlanMobiles(standing, match);
        await SettleAsync(standing, texts, mobiles, cancellationToken);

        var holders = texts.ToDictionary(plan => plan.Key, plan => plan.Value.Write is null ? plan.Value.Holder : FieldHolder.Bridge);
        holders[RelationField.Mobiles] = mobiles.Write is null ? mobiles.Holder : FieldHolder.Bridge;
        var prints = Prints(texts, mobiles);
        if (prints.Count == 0) return new WrittenRelation(Wrote: false, holders);
        if (time.GetUtcNow() - standing.ReadAt > LongestAge) return new WrittenRelation(Wrote: false, holders) { IsOutdated = true };

        await RecordIntentsAsync(standing, prints, texts, cancellationToken);
        if (!await CallAsync(item, standing, Request(standing.Key, texts, mobiles), cancellationToken)) return new WrittenRelation(Wrote: false, new Dictionary<RelationField, FieldHolder>());
        await database.WriteAsync(
            async session =>
            {
                foreach (var (field, print) in prints) await RelationFieldLedger.ConfirmAsync(session, standing.Key, field, print, standing.Added, time.GetUtcNow());
            },
            cancellationToken);
        return new WrittenRelation(Wrote: true, holders);
    }

    private TextPlan Plan(StandingRelation standing, RelationField field, CrmMatch? match)
    {
        var isWritten = match is not null && (field != RelationField.Company || standing.TakesCompany);
        return FieldRules.Plan(standing.Entry(field), standing.Text(field), standing.IsFree(field), standing.Added, isWritten ? templates.Render(field, match!.Fields) : "", templates.WhenOf(field));
    }

    private MobilesPlan PlanMobiles(StandingRelation standing, CrmMatch? match) =>
        MobileRules.Plan(
            standing.Entry(RelationField.Mobiles),
            standing.Follower.RemarkMobiles,
            standing.Added,
            match is null ? null : MobileRules.Read(templates.Render(RelationField.Mobiles, match.Fields)),
            templates.WhenOf(RelationField.Mobiles));

    private static Dictionary<RelationField, string> Prints(Dictionary<RelationField, TextPlan> texts, MobilesPlan mobiles)
    {
        var prints = texts.Where(plan => plan.Value.Write is not null).ToDictionary(plan => plan.Key, plan => RelationFieldLedger.PrintOf(plan.Value.Write!));
        if (mobiles.Write is not null) prints[RelationField.Mobiles] = mobiles.Ledger;
        return prints;
    }

    private static CgibinExternalContactRemarkRequest Request(RelationKey key, Dictionary<RelationField, TextPlan> texts, MobilesPlan mobiles) => new()
    {
        Userid = key.UserId,
        ExternalUserid = key.ExternalUserId,
        Remark = texts[RelationField.Remark].Write,
        Description = texts[RelationField.Description].Write,
        RemarkCompany = texts[RelationField.Company].Write,
        RemarkMobiles = mobiles.Write,
    };

    /// <summary>An intent of an earlier run that stands was carried out: it is what was last written, before another intent takes its place.</summary>
    private async Task SettleAsync(StandingRelation standing, Dictionary<RelationField, TextPlan> texts, MobilesPlan mobiles, CancellationToken cancellationToken)
    {
        var settled = texts.Where(plan => plan.Value.Settled is not null).ToDictionary(plan => plan.Key, plan => plan.Value.Settled!);
        if (mobiles.Settled is not null) settled[RelationField.Mobiles] = mobiles.Settled;
        if (settled.Count == 0) return;
        await database.WriteAsync(
            async session =>
            {
                foreach (var (field, print) in settled) await RelationFieldLedger.ConfirmAsync(session, standing.Key, field, print, standing.Added, time.GetUtcNow());
            },
            cancellationToken);
    }

    /// <summary>Durable before the call: whatever happens in between, what stands is known to be ours.</summary>
    private Task RecordIntentsAsync(StandingRelation standing, Dictionary<RelationField, string> prints, Dictionary<RelationField, TextPlan> texts, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                foreach (var (field, print) in prints)
                {
                    var isFirst = field == RelationField.Mobiles ? standing.Entry(field) is null : texts[field].Holder == FieldHolder.Nobody;
                    await RelationFieldLedger.RecordIntentAsync(session, standing.Key, field, print, standing.Added, isFirst, time.GetUtcNow());
                }
            },
            cancellationToken);

    /// <returns>False when the two are not yet contacts; their add will come with an event of its own.</returns>
    private async Task<bool> CallAsync(WorkItem item, StandingRelation standing, CgibinExternalContactRemarkRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await clients.For(standing.Key.Corp, item.App, CallLane.Sync).ExecuteCgibinExternalContactRemarkAsync(request, cancellationToken);
            return true;
        }
        catch (WecomException refused) when (!refused.OutcomeUnknown)
        {
            // Surely not written: the same text, found later, will have been written by a person.
            await database.WriteAsync(session => RelationFieldLedger.ForgetIntentsAsync(session, standing.Key), cancellationToken);
            if (refused.Failure != WecomFailure.Gone) throw;
            if (standing.Relation?.Status == RelationStatus.HalfAdded) return false;

            // This member lost the customer meanwhile; the others' relations still want their fields.
            throw new WecomException(WecomFailure.Conflict, refused.Api, refused.ErrorCode, refused.Message);
        }
    }
}
