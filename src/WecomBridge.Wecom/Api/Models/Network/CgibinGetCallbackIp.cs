namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>getcallbackip</c>: addresses the platform sends callbacks from.</summary>
public sealed class CgibinGetCallbackIpRequest : WecomRequest<CgibinGetCallbackIpResponse>
{
    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Get, WecomPaths.GetCallbackIp);
}

/// <summary>Answer of <c>getcallbackip</c>.</summary>
public sealed class CgibinGetCallbackIpResponse : WecomResponse
{
    /// <summary>Addresses, networks (<c>1.2.3.0/24</c>) or patterns (<c>1.2.3.*</c>); they change, so read them daily.</summary>
    public IReadOnlyList<string> IpList { get; set; } = [];
}
