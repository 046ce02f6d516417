using System.Runtime.ExceptionServices;
using WecomBridge.State;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Customers;

/// <summary>A customer as State and the platform know them.</summary>
/// <param name="Relations">Every member's relation as events told it, ended ones included.</param>
/// <param name="Contact">The platform's present answer.</param>
internal sealed record CustomerTruth(IReadOnlyList<Relation> Relations, CgibinExternalContactGetResponse Contact)
{
    /// <summary>Members who have the customer now, with what events told of it; null where no event did.</summary>
    public IEnumerable<(FollowUser Follower, Relation? Relation)> Followers =>
        from follower in Contact.FollowUser
        where !string.IsNullOrEmpty(follower.Userid)
        select (follower, Relations.FirstOrDefault(relation => string.Equals(relation.Key.UserId, follower.Userid, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Relations that the member ended, and that WeCom no longer lists.</summary>
    public IEnumerable<Relation> Ended =>
        Relations.Where(relation => relation.Status == RelationStatus.RemovedByStaff && !Contact.FollowUser.Any(follower => string.Equals(follower.Userid, relation.Key.UserId, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Works every member's relation: what WeCom refuses for one does not keep the others from theirs. The first refusal is thrown when all have had their turn.</summary>
    public async Task ForEachFollowerAsync(Func<FollowUser, Relation?, Task> work)
    {
        WecomException? first = null;
        foreach (var (follower, relation) in Followers)
        {
            try
            {
                await work(follower, relation);
            }
            catch (WecomException failure) when (failure.Failure is WecomFailure.Rejected or WecomFailure.Conflict)
            {
                first ??= failure;
            }
        }

        if (first is not null) ExceptionDispatchInfo.Throw(first);
    }
}

/// <summary>Reads the truth about a customer for the reconcilers.</summary>
internal sealed class CustomerReader(IWecomClientFactory clients, IStateDatabase database, TimeProvider time)
{
    /// <summary>The platform may be so far behind its own events.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    /// <summary>What State and the platform say now.</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Gone"/> when nobody has the customer any more; <see cref="WecomFailure.Transient"/> when that may change within a minute of an add, or a contact is still listed within a minute of its end.</exception>
    public async Task<CustomerTruth> ReadAsync(string corp, string app, string externalUserId, CancellationToken cancellationToken)
    {
        var relations = await database.ReadAsync(session => RelationStore.OfCustomerAsync(session, corp, externalUserId), cancellationToken);
        try
        {
            var customer = new CustomerTruth(relations, await clients.For(corp, app, CallLane.Sync).GetWholeExternalContactAsync(externalUserId, cancellationToken));
            if (!IsBehind(customer)) return customer;
            throw new WecomException(WecomFailure.Transient, WecomPaths.ExternalContactGet, WecomErrorCodes.NoRelation, "A contact that was just deleted is still listed.");
        }
        catch (WecomException gone) when (gone.ErrorCode is WecomErrorCodes.NoRelation or WecomErrorCodes.InvalidExternalUserId && IsSettling(relations))
        {
            throw new WecomException(WecomFailure.Transient, gone.Api, gone.ErrorCode, $"{gone.Api} does not yet know a contact that was just added.");
        }
    }

    private bool IsSettling(IReadOnlyList<Relation> relations)
    {
        var since = time.GetUtcNow() - Settling;
        return relations.Any(relation => relation.Status is RelationStatus.Added or RelationStatus.HalfAdded && relation.AddedAt > since);
    }

    /// <summary>Written on now, such a contact would be refused, and read as it is, its end would never be told.</summary>
    private bool IsBehind(CustomerTruth customer)
    {
        var since = time.GetUtcNow() - Settling;
        return customer.Followers.Any(pair => pair.Relation is { Status: RelationStatus.RemovedByStaff } relation && relation.RemovedAt > since && pair.Follower.Createtime <= relation.RemovedAt.Value.ToUnixTimeSeconds());
    }
}
