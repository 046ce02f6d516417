using WecomBridge.Broker;
using WecomBridge.Crm;
using WecomBridge.Customers;
using WecomBridge.Rules;
using WecomBridge.State;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tags;

/// <summary>What rules are held against.</summary>
internal sealed class TagFacts(ICrmClient crm, TimeProvider time)
{
    /// <summary>Asks the CRM where a rule wants to know. A CRM that cannot be asked leaves its conditions open, and the caller with the failure.</summary>
    public async Task<(CrmAnswer? Answer, CrmException? Failure)> AskAsync(TagsOptions settings, CustomerTruth customer, string externalUserId, IReadOnlyList<WrittenField> written, CancellationToken cancellationToken)
    {
        if (!settings.Rules.Exists(rule => rule.When.Needs().HasFlag(WhenNeeds.Crm))) return (null, null);
        try
        {
            var finding = await crm.FindAsync(CustomerQuestion.Of(customer, externalUserId, written, fresh: false), cancellationToken);
            return (finding.Result switch
            {
                CrmResult.One => new CrmAnswer(finding.Match!.Fields),
                // Without a key to ask by the CRM cannot know them either; it is asked again when one is known.
                CrmResult.Nobody or CrmResult.NotAsked => new CrmAnswer(null),
                _ => null,
            }, null);
        }
        catch (CrmException failure)
        {
            return (null, failure);
        }
    }

    public WhenSubject Subject(string corp, string timeZone, CustomerTruth customer, FollowUser follower, Relation? relation, CrmAnswer? crmAnswer)
    {
        var now = time.GetUtcNow();
        var added = follower.Createtime is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : relation?.AddedAt ?? now;
        var state = string.IsNullOrEmpty(follower.State) ? relation?.State : follower.State;
        return new WhenSubject(corp, state, follower.Userid!, WhenSubject.Local(added, timeZone))
        {
            AddWay = WireWords.AddWay(follower.AddWay),
            Kind = CustomerKinds.Of(customer.Contact.ExternalContact?.Type),
            Crm = crmAnswer,
            Today = DateOnly.FromDateTime(WhenSubject.Local(now, timeZone)),
        };
    }
}
