namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>get_api_domain_ip</c>: addresses of the platform's API, for a firewall on the way out.</summary>
public sealed class CgibinGetApiDomainIpRequest : WecomRequest<CgibinGetApiDomainIpResponse>
{
    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Get, WecomPaths.GetApiDomainIp);
}

/// <summary>Answer of <c>get_api_domain_ip</c>.</summary>
public sealed class CgibinGetApiDomainIpResponse : WecomResponse
{
    /// <summary>Addresses; they change, so read them daily.</summary>
    public IReadOnlyList<string> IpList { get; set; } = [];
}
