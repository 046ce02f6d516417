using System.Text.Json;
using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.Crm;
using WecomBridge.State;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Profiles;

/// <summary>What is published about a customer, in the words of the contract.</summary>
internal static class ProfileFacts
{
    public static ProfileRelation RelationOf(FollowUser follower, Relation? relation) => new()
    {
        // A removal that WeCom does not bear out was followed by another add.
        Status = relation?.Status is RelationStatus.HalfAdded or RelationStatus.LeftByCustomer ? StatusOf(relation.Status) : RelationStatuses.Added,
        State = string.IsNullOrEmpty(follower.State) ? relation?.State : follower.State,
        AddWay = WireWords.AddWay(follower.AddWay),
        AddedAt = follower.Createtime is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : relation?.AddedAt,
    };

    public static string StatusOf(RelationStatus status) => status switch
    {
        RelationStatus.HalfAdded => RelationStatuses.HalfAdded,
        RelationStatus.LeftByCustomer => RelationStatuses.Left,
        RelationStatus.RemovedByStaff => RelationStatuses.Removed,
        _ => RelationStatuses.Added,
    };

    /// <summary>Several records are said as such: nothing is merged, and no facts are told of any.</summary>
    public static ProfileIdentity IdentityOf(CrmFinding finding) => new()
    {
        Key = finding.Match?.MatchedBy switch
        {
            CrmKey.UnionId => IdentityKeys.UnionId,
            CrmKey.Mobile => IdentityKeys.Mobile,
            CrmKey.ExternalUserId => IdentityKeys.ExternalUserId,
            CrmKey.MemberNumber => IdentityKeys.MemberNumber,
            _ => null,
        },
        Confidence = finding switch
        {
            { Result: CrmResult.Several } => Confidences.Ambiguous,
            { Match.Confidence: CrmConfidence.Certain } => Confidences.Certain,
            { Match.Confidence: CrmConfidence.Likely } => Confidences.Likely,
            _ => Confidences.None,
        },
        CrmId = finding.Match?.Id,
    };

    public static IReadOnlyDictionary<string, ProfileFact> FactsOf(CrmMatch? match) =>
        match is null ? new Dictionary<string, ProfileFact>() : match.Fields.ToDictionary(field => field.Key, field => new ProfileFact { Value = field.Value, Source = match.Source, AgeSeconds = (long)match.Age.TotalSeconds });

    /// <summary>Equal for two profiles that say the same; how old the facts are is no difference.</summary>
    public static string PrintOf(ProfileUpdated profile)
    {
        var facts = profile.Facts.OrderBy(fact => fact.Key, StringComparer.Ordinal).Select(fact => new[] { fact.Key, fact.Value.Value });
        return RelationFieldLedger.PrintOf(JsonSerializer.Serialize(new { profile.Relation, profile.Identity, facts }));
    }
}
