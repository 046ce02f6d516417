using WecomBridge.Crm;
using WecomBridge.State;

namespace WecomBridge.Customers;

/// <summary>By what the CRM may know a customer.</summary>
internal static class CustomerQuestion
{
    /// <summary>What platform and staff say, of every member who has the customer. What this service wrote is left out: a match would bear itself out by its own traces.</summary>
    /// <param name="customer">As State and platform know them.</param>
    /// <param name="externalUserId">The customer.</param>
    /// <param name="written">What this service wrote on the relations.</param>
    /// <param name="fresh">Ask the CRM even when an answer is at hand.</param>
    public static CrmQuery Of(CustomerTruth customer, string externalUserId, IReadOnlyList<WrittenField> written, bool fresh)
    {
        var contact = customer.Contact;
        var remarks = PrintsOf(written, RelationField.Remark);
        var mobiles = PrintsOf(written, RelationField.Mobiles);
        return new CrmQuery
        {
            ExternalUserId = externalUserId,
            UnionId = contact.ExternalContact?.Unionid,
            Mobiles = Distinct(contact.FollowUser.SelectMany(follower => follower.RemarkMobiles).Where(number => !mobiles.Contains(RelationFieldLedger.PrintOfMobile(number)))),
            States = Distinct(contact.FollowUser.Select(follower => follower.State).Concat(customer.Relations.Select(relation => relation.State))),
            Remarks = Distinct(contact.FollowUser.Select(follower => follower.Remark).Where(remark => remark != contact.ExternalContact?.Name && !remarks.Contains(RelationFieldLedger.PrintOf(remark ?? "")))),
            Fresh = fresh,
        };
    }

    private static HashSet<string> PrintsOf(IReadOnlyList<WrittenField> written, RelationField field) =>
        written.Where(entry => entry.Field == field).SelectMany(entry => $"{entry.Written},{entry.Intended}".Split(',', StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.Ordinal);

    private static IReadOnlyList<string> Distinct(IEnumerable<string?> values) => [.. values.OfType<string>().Where(value => value.Length > 0).Distinct(StringComparer.Ordinal)];
}
