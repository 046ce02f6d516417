namespace WecomBridge.Wecom.Api;

/// <content>Calls for addresses and tickets.</content>
public static partial class WecomClientExtensions
{
    /// <summary>Addresses the platform sends callbacks from (<c>getcallbackip</c>).</summary>
    public static Task<CgibinGetCallbackIpResponse> ExecuteCgibinGetCallbackIpAsync(this IWecomClient client, CgibinGetCallbackIpRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Addresses of the platform's API (<c>get_api_domain_ip</c>).</summary>
    public static Task<CgibinGetApiDomainIpResponse> ExecuteCgibinGetApiDomainIpAsync(this IWecomClient client, CgibinGetApiDomainIpRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>The corp's ticket for page scripts (<c>get_jsapi_ticket</c>); at most 400 an hour for a corp and 100 for an app.</summary>
    public static Task<CgibinGetJsapiTicketResponse> ExecuteCgibinGetJsapiTicketAsync(this IWecomClient client, CgibinGetJsapiTicketRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>The app's ticket for page scripts (<c>ticket/get</c>); at most 100 an hour.</summary>
    public static Task<CgibinTicketGetResponse> ExecuteCgibinTicketGetAsync(this IWecomClient client, CgibinTicketGetRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);
}
