namespace WecomBridge.Wecom.Api;

/// <content>Calls for rule groups.</content>
public static partial class WecomClientExtensions
{
    /// <summary>One page of the rule groups (<c>externalcontact/customer_strategy/list</c>); only with the secret of the customer-contact system app.</summary>
    public static Task<CgibinExternalContactCustomerStrategyListResponse> ExecuteCgibinExternalContactCustomerStrategyListAsync(this IWecomClient client, CgibinExternalContactCustomerStrategyListRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>A rule group (<c>externalcontact/customer_strategy/get</c>).</summary>
    public static Task<CgibinExternalContactCustomerStrategyGetResponse> ExecuteCgibinExternalContactCustomerStrategyGetAsync(this IWecomClient client, CgibinExternalContactCustomerStrategyGetRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>One page of those a rule group is for (<c>externalcontact/customer_strategy/get_range</c>).</summary>
    public static Task<CgibinExternalContactCustomerStrategyGetRangeResponse> ExecuteCgibinExternalContactCustomerStrategyGetRangeAsync(this IWecomClient client, CgibinExternalContactCustomerStrategyGetRangeRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Creates a rule group (<c>externalcontact/customer_strategy/create</c>). Not to be repeated blindly: each call makes another one.</summary>
    public static Task<CgibinExternalContactCustomerStrategyCreateResponse> ExecuteCgibinExternalContactCustomerStrategyCreateAsync(this IWecomClient client, CgibinExternalContactCustomerStrategyCreateRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Changes a rule group (<c>externalcontact/customer_strategy/edit</c>).</summary>
    public static Task<CgibinExternalContactCustomerStrategyEditResponse> ExecuteCgibinExternalContactCustomerStrategyEditAsync(this IWecomClient client, CgibinExternalContactCustomerStrategyEditRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Deletes a rule group (<c>externalcontact/customer_strategy/del</c>).</summary>
    public static Task<CgibinExternalContactCustomerStrategyDeleteResponse> ExecuteCgibinExternalContactCustomerStrategyDeleteAsync(this IWecomClient client, CgibinExternalContactCustomerStrategyDeleteRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);
}
