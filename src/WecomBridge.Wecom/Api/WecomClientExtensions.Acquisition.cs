namespace WecomBridge.Wecom.Api;

/// <content>Calls for acquisition links.</content>
public static partial class WecomClientExtensions
{
    /// <summary>One page of the acquisition links this app created (<c>externalcontact/customer_acquisition/list_link</c>).</summary>
    public static Task<CgibinExternalContactCustomerAcquisitionListLinkResponse> ExecuteCgibinExternalContactCustomerAcquisitionListLinkAsync(this IWecomClient client, CgibinExternalContactCustomerAcquisitionListLinkRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>An acquisition link this app created (<c>externalcontact/customer_acquisition/get</c>).</summary>
    public static Task<CgibinExternalContactCustomerAcquisitionGetResponse> ExecuteCgibinExternalContactCustomerAcquisitionGetAsync(this IWecomClient client, CgibinExternalContactCustomerAcquisitionGetRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Creates an acquisition link (<c>externalcontact/customer_acquisition/create_link</c>). Not to be repeated blindly: each call makes another one.</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Rejected"/> when the corp has too many links (41095).</exception>
    public static Task<CgibinExternalContactCustomerAcquisitionCreateLinkResponse> ExecuteCgibinExternalContactCustomerAcquisitionCreateLinkAsync(this IWecomClient client, CgibinExternalContactCustomerAcquisitionCreateLinkRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Changes an acquisition link this app created (<c>externalcontact/customer_acquisition/update_link</c>).</summary>
    public static Task<CgibinExternalContactCustomerAcquisitionUpdateLinkResponse> ExecuteCgibinExternalContactCustomerAcquisitionUpdateLinkAsync(this IWecomClient client, CgibinExternalContactCustomerAcquisitionUpdateLinkRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Deletes an acquisition link this app created (<c>externalcontact/customer_acquisition/delete_link</c>).</summary>
    public static Task<CgibinExternalContactCustomerAcquisitionDeleteLinkResponse> ExecuteCgibinExternalContactCustomerAcquisitionDeleteLinkAsync(this IWecomClient client, CgibinExternalContactCustomerAcquisitionDeleteLinkRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>One page of those who came by an acquisition link (<c>externalcontact/customer_acquisition/customer</c>).</summary>
    public static Task<CgibinExternalContactCustomerAcquisitionCustomerResponse> ExecuteCgibinExternalContactCustomerAcquisitionCustomerAsync(this IWecomClient client, CgibinExternalContactCustomerAcquisitionCustomerRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>What is left of the quota of acquisition links (<c>externalcontact/customer_acquisition_quota</c>).</summary>
    public static Task<CgibinExternalContactCustomerAcquisitionQuotaResponse> ExecuteCgibinExternalContactCustomerAcquisitionQuotaAsync(this IWecomClient client, CgibinExternalContactCustomerAcquisitionQuotaRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Figures of an acquisition link (<c>externalcontact/customer_acquisition/statistic</c>).</summary>
    public static Task<CgibinExternalContactCustomerAcquisitionStatisticResponse> ExecuteCgibinExternalContactCustomerAcquisitionStatisticAsync(this IWecomClient client, CgibinExternalContactCustomerAcquisitionStatisticRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Who wrote first, by the key of the event (<c>externalcontact/customer_acquisition/get_chat_info</c>).</summary>
    public static Task<CgibinExternalContactCustomerAcquisitionGetChatInfoResponse> ExecuteCgibinExternalContactCustomerAcquisitionGetChatInfoAsync(this IWecomClient client, CgibinExternalContactCustomerAcquisitionGetChatInfoRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Whom this app may use in acquisition links (<c>externalcontact/customer_acquisition_app/get_permit</c>).</summary>
    public static Task<CgibinExternalContactCustomerAcquisitionAppGetPermitResponse> ExecuteCgibinExternalContactCustomerAcquisitionAppGetPermitAsync(this IWecomClient client, CgibinExternalContactCustomerAcquisitionAppGetPermitRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);
}
