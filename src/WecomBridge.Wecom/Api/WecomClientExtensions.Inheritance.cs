namespace WecomBridge.Wecom.Api;

/// <content>Calls for customers and groups handed over.</content>
public static partial class WecomClientExtensions
{
    /// <summary>Hands customers of a working member to another (<c>externalcontact/transfer_customer</c>); done after 24 hours unless the customer refuses.</summary>
    public static Task<CgibinExternalContactTransferCustomerResponse> ExecuteCgibinExternalContactTransferCustomerAsync(this IWecomClient client, CgibinExternalContactTransferCustomerRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>One page of what became of customers handed over by a working member (<c>externalcontact/transfer_result</c>).</summary>
    public static Task<CgibinExternalContactTransferResultResponse> ExecuteCgibinExternalContactTransferResultAsync(this IWecomClient client, CgibinExternalContactTransferResultRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Hands groups of a working owner to another (<c>externalcontact/groupchat/onjob_transfer</c>); at most 300 a day for one taker.</summary>
    public static Task<CgibinExternalContactGroupChatOnJobTransferResponse> ExecuteCgibinExternalContactGroupChatOnJobTransferAsync(this IWecomClient client, CgibinExternalContactGroupChatOnJobTransferRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>One page of the customers of members who resigned (<c>externalcontact/get_unassigned_list</c>).</summary>
    public static Task<CgibinExternalContactGetUnassignedListResponse> ExecuteCgibinExternalContactGetUnassignedListAsync(this IWecomClient client, CgibinExternalContactGetUnassignedListRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Hands customers of a member who resigned to another (<c>externalcontact/resigned/transfer_customer</c>).</summary>
    public static Task<CgibinExternalContactResignedTransferCustomerResponse> ExecuteCgibinExternalContactResignedTransferCustomerAsync(this IWecomClient client, CgibinExternalContactResignedTransferCustomerRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>One page of what became of customers of a member who resigned (<c>externalcontact/resigned/transfer_result</c>).</summary>
    public static Task<CgibinExternalContactResignedTransferResultResponse> ExecuteCgibinExternalContactResignedTransferResultAsync(this IWecomClient client, CgibinExternalContactResignedTransferResultRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Hands groups of an owner who resigned to another (<c>externalcontact/groupchat/transfer</c>).</summary>
    public static Task<CgibinExternalContactGroupChatTransferResponse> ExecuteCgibinExternalContactGroupChatTransferAsync(this IWecomClient client, CgibinExternalContactGroupChatTransferRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);
}
