using System.Net;

namespace WecomBridge.Operations;

/// <summary>Reads <c>Operations:Url</c>.</summary>
internal static class OperationsAddress
{
    /// <summary>The address and port; null when the text names none, or more than these.</summary>
    public static IPEndPoint? Read(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0) return null;
        if (uri.Host == "localhost") return new IPEndPoint(IPAddress.Loopback, uri.Port);
        return IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) ? new IPEndPoint(address, uri.Port) : null;
    }
}
