namespace WecomBridge.Wecom.Api;

/// <summary>The caller gave up while the call still waited for a token, its turn or the platform's limits: WeCom was asked for nothing, and the call may be made again without harm.</summary>
/// <remarks>Once an exchange has begun, giving up is a plain <see cref="OperationCanceledException"/>: the call may have taken effect.</remarks>
public sealed class WecomNotSentException : OperationCanceledException
{
    /// <summary>A call that was not made.</summary>
    /// <param name="api">Path of the call under <c>cgi-bin/</c>.</param>
    /// <param name="ct">The caller's.</param>
    public WecomNotSentException(string api, CancellationToken ct)
        : base($"{api} was not called: its caller gave up first.", ct)
    {
        Api = api;
    }

    /// <summary>Path of the call under <c>cgi-bin/</c>.</summary>
    public string Api { get; }
}
