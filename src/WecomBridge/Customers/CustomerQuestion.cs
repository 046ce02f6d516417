using WecomBridge.Crm;
using WecomBridge.State;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Customers;

/// <summary>By what the CRM may know a customer.</summary>
internal static class CustomerQuestion
{
    /// <summary>What platform and staff say, of every member who has the customer. What this service wrote on a relation is left out of that relation: a match would bear itself out by its own traces.</summary>
    /// <param name="customer">As State and platform know them.</param>
    /// <param name="externalUserId">The customer.</param>
    /// <param name="written">What this service wrote on the relations.</param>
    /// <param name="fresh">Ask the CRM even when an answer is at hand.</param>
    public static CrmQuery Of(CustomerTruth customer, string externalUserId, IReadOnlyList<WrittenField> written, bool fresh)
    {
        var contact = customer.Contact;
        var followers = customer.Followers.ToList();
        return new CrmQuery
        {
            ExternalUserId = externalUserId,
            UnionId = contact.ExternalContact?.Unionid,
            Mobiles = Distinct(followers.SelectMany(pair => MobilesOf(pair.Follower, PrintsOf(written, pair.Follower, pair.Relation, RelationField.Mobiles)))),
            States = Distinct(followers.Select(pair => pair.Follower.State).Concat(customer.Relations.Select(relation => relation.State))),
            Remarks = Distinct(followers
                .Where(pair => pair.Follower.Remark is { } remark && remark != contact.ExternalContact?.Name && !PrintsOf(written, pair.Follower, pair.Relation, RelationField.Remark).Contains(RelationFieldLedger.PrintOf(remark)))
                .Select(pair => pair.Follower.Remark)),
            Fresh = fresh,
        };
    }

    private static IEnumerable<string> MobilesOf(FollowUser follower, HashSet<string> ours) => follower.RemarkMobiles.Where(number => !ours.Contains(RelationFieldLedger.PrintOfMobile(number)));

    private static HashSet<string> PrintsOf(IReadOnlyList<WrittenField> written, FollowUser follower, Relation? relation, RelationField field) =>
        written.Where(entry => entry.Field == field && string.Equals(entry.Key.UserId, follower.Userid, StringComparison.OrdinalIgnoreCase) && !entry.IsOver(relation))
            .SelectMany(entry => $"{entry.Written},{entry.Intended}".Split(',', StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.Ordinal);

    private static List<string> Distinct(IEnumerable<string?> values) => [.. values.OfType<string>().Where(value => value.Length > 0).Distinct(StringComparer.Ordinal)];
}
