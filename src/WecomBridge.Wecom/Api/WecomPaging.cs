using System.Runtime.CompilerServices;

namespace WecomBridge.Wecom.Api;

/// <summary>Walks the pages of a listing.</summary>
/// <remarks>
/// A cursor can lapse on the way: the walk then ends with a <see cref="WecomException"/> of code <see cref="WecomErrorCodes.InvalidCursor"/> and nothing begins again by itself.
/// The caller begins a new walk at the first page, where what was seen before comes again.
/// </remarks>
public static class WecomPaging
{
    /// <summary>Pages after which a listing is taken for endless.</summary>
    public const int MaxPages = 10_000;

    /// <summary>Pages in order, each asked for when the one before has been used.</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Transient"/> when a position comes twice or there are more than <see cref="MaxPages"/> pages; 50100 when the cursor lapsed.</exception>
    public static IAsyncEnumerable<TResponse> ReadPagesAsync<TResponse>(this IWecomClient client, WecomPagedRequest<TResponse> first, CancellationToken ct)
        where TResponse : WecomResponse, new() => client.ReadPagesAsync(first, MaxPages, ct);

    /// <summary>Pages in order, at most so many.</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Transient"/> when a position comes twice or there are more pages than allowed; 50100 when the cursor lapsed.</exception>
    public static async IAsyncEnumerable<TResponse> ReadPagesAsync<TResponse>(this IWecomClient client, WecomPagedRequest<TResponse> first, int maxPages, [EnumeratorCancellation] CancellationToken ct)
        where TResponse : WecomResponse, new()
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(first);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (WecomPagedRequest<TResponse>? request = first; request is not null;)
        {
            var page = await client.ExecuteAsync(request, ct).ConfigureAwait(false);
            var position = request.PositionAfter(page);
            yield return page;
            if (position is null) yield break;
            if (!seen.Add(position)) throw Endless(request.Api.Path, "gave the same position twice");
            if (seen.Count >= maxPages) throw Endless(request.Api.Path, $"gave more than {maxPages} pages");
            request = request.At(position);
        }
    }

    /// <summary>Entries of all pages in order.</summary>
    /// <param name="client">Makes the calls.</param>
    /// <param name="first">The listing.</param>
    /// <param name="itemsOf">Entries of a page.</param>
    /// <param name="ct">Ends the walk.</param>
    /// <exception cref="WecomException"><see cref="WecomFailure.Transient"/> when the listing has no end; 50100 when the cursor lapsed.</exception>
    public static async IAsyncEnumerable<TItem> ReadItemsAsync<TResponse, TItem>(this IWecomClient client, WecomPagedRequest<TResponse> first, Func<TResponse, IReadOnlyList<TItem>> itemsOf, [EnumeratorCancellation] CancellationToken ct)
        where TResponse : WecomResponse, new()
    {
        ArgumentNullException.ThrowIfNull(itemsOf);
        await foreach (var page in client.ReadPagesAsync(first, MaxPages, ct).ConfigureAwait(false))
        {
            foreach (var item in itemsOf(page)) yield return item;
        }
    }

    /// <summary>Customers of several members, one entry for each pair of member and customer.</summary>
    public static IAsyncEnumerable<FollowedContact> ReadFollowedContactsAsync(this IWecomClient client, CgibinExternalContactBatchGetByUserRequest first, CancellationToken ct) => client.ReadItemsAsync(first, page => page.ExternalContactList, ct);

    /// <summary>Everyone the corp has served, customers or not.</summary>
    public static IAsyncEnumerable<ServedContact> ReadServedContactsAsync(this IWecomClient client, CgibinExternalContactContactListRequest first, CancellationToken ct) => client.ReadItemsAsync(first, page => page.InfoList, ct);

    /// <summary>Customer groups.</summary>
    public static IAsyncEnumerable<GroupChatStatus> ReadGroupChatsAsync(this IWecomClient client, CgibinExternalContactGroupChatListRequest first, CancellationToken ct) => client.ReadItemsAsync(first, page => page.GroupChatList, ct);

    /// <summary>Contact ways this app created.</summary>
    public static IAsyncEnumerable<ContactWayId> ReadContactWaysAsync(this IWecomClient client, CgibinExternalContactListContactWayRequest first, CancellationToken ct) => client.ReadItemsAsync(first, page => page.ContactWay, ct);

    /// <summary>Ids of the acquisition links this app created.</summary>
    public static IAsyncEnumerable<string> ReadAcquisitionLinksAsync(this IWecomClient client, CgibinExternalContactCustomerAcquisitionListLinkRequest first, CancellationToken ct) => client.ReadItemsAsync(first, page => page.LinkIdList, ct);

    /// <summary>Those who came by an acquisition link.</summary>
    public static IAsyncEnumerable<AcquiredCustomer> ReadAcquiredCustomersAsync(this IWecomClient client, CgibinExternalContactCustomerAcquisitionCustomerRequest first, CancellationToken ct) => client.ReadItemsAsync(first, page => page.CustomerList, ct);

    /// <summary>All members, one entry for each of their departments.</summary>
    public static IAsyncEnumerable<DepartmentMember> ReadMembersAsync(this IWecomClient client, CgibinUserListIdRequest first, CancellationToken ct) => client.ReadItemsAsync(first, page => page.DeptUser, ct);

    /// <summary>Customers of members who resigned.</summary>
    public static IAsyncEnumerable<UnassignedCustomer> ReadUnassignedCustomersAsync(this IWecomClient client, CgibinExternalContactGetUnassignedListRequest first, CancellationToken ct) => client.ReadItemsAsync(first, page => page.Info, ct);

    private static WecomException Endless(string api, string how) => new(WecomFailure.Transient, api, errorCode: null, $"{api} {how}: its listing has no end.");
}
