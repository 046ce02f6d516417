namespace WecomBridge.Wecom.Api;

/// <content>Calls for ids turned into other ids.</content>
public static partial class WecomClientExtensions
{
    /// <summary>The customer of a WeChat identity (<c>externalcontact/unionid_to_external_userid</c>); for provider-developed and third-party apps.</summary>
    public static Task<CgibinExternalContactUnionIdToExternalUserIdResponse> ExecuteCgibinExternalContactUnionIdToExternalUserIdAsync(this IWecomClient client, CgibinExternalContactUnionIdToExternalUserIdRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>A provider's id of a customer made the corp's own (<c>externalcontact/from_service_external_userid</c>).</summary>
    public static Task<CgibinExternalContactFromServiceExternalUserIdResponse> ExecuteCgibinExternalContactFromServiceExternalUserIdAsync(this IWecomClient client, CgibinExternalContactFromServiceExternalUserIdRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>The corp's id of a customer made the provider's (<c>externalcontact/to_service_external_userid</c>).</summary>
    public static Task<CgibinExternalContactToServiceExternalUserIdResponse> ExecuteCgibinExternalContactToServiceExternalUserIdAsync(this IWecomClient client, CgibinExternalContactToServiceExternalUserIdRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>A customer's id in the corp's WeChat account, for payments (<c>externalcontact/convert_to_openid</c>).</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Rejected"/> when the corp has bound no WeChat developer account (41057).</exception>
    public static Task<CgibinExternalContactConvertToOpenIdResponse> ExecuteCgibinExternalContactConvertToOpenIdAsync(this IWecomClient client, CgibinExternalContactConvertToOpenIdRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>New ids of customers after the corp's ids were upgraded (<c>externalcontact/get_new_external_userid</c>).</summary>
    public static Task<CgibinExternalContactGetNewExternalUserIdResponse> ExecuteCgibinExternalContactGetNewExternalUserIdAsync(this IWecomClient client, CgibinExternalContactGetNewExternalUserIdRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>New ids of a group's external members after the corp's ids were upgraded (<c>externalcontact/groupchat/get_new_external_userid</c>).</summary>
    public static Task<CgibinExternalContactGroupChatGetNewExternalUserIdResponse> ExecuteCgibinExternalContactGroupChatGetNewExternalUserIdAsync(this IWecomClient client, CgibinExternalContactGroupChatGetNewExternalUserIdRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>A provider's ids of members made the corp's own (<c>batch/openuserid_to_userid</c>).</summary>
    public static Task<CgibinBatchOpenUserIdToUserIdResponse> ExecuteCgibinBatchOpenUserIdToUserIdAsync(this IWecomClient client, CgibinBatchOpenUserIdToUserIdRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);
}
