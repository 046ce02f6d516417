namespace WecomBridge.Wecom.Api;

/// <summary>A call to WeCom that did not succeed.</summary>
/// <remarks>Neither the message nor an inner exception holds an address, a secret, an access token or a welcome code: it may be logged.</remarks>
public sealed class WecomException : Exception
{
    /// <summary>Describes a failed call.</summary>
    /// <param name="failure">What the caller may do next.</param>
    /// <param name="api">Path of the call under <c>cgi-bin/</c>.</param>
    /// <param name="errorCode">The platform's <c>errcode</c>; null when no readable answer came.</param>
    /// <param name="message">Text without address, secret, token or code.</param>
    /// <param name="innerException">The network's own exception, if it says no more than host and port.</param>
    public WecomException(WecomFailure failure, string api, int? errorCode, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Failure = failure;
        Api = api;
        ErrorCode = errorCode;
    }

    /// <summary>What the caller may do next.</summary>
    public WecomFailure Failure { get; }

    /// <summary>The platform's <c>errcode</c>; null when no readable answer came.</summary>
    public int? ErrorCode { get; }

    /// <summary>Path of the call under <c>cgi-bin/</c>, such as <c>externalcontact/mark_tag</c>.</summary>
    public string Api { get; }

    /// <summary>The platform's <c>errmsg</c> with secrets masked, at most 512 characters. It may quote the request, personal data included: for an operator's eyes, not for a log.</summary>
    public string? PlatformText { get; init; }

    /// <summary>How long nothing may be asked of this API; null when only experience tells.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What an administrator can do about it, one sentence; by default what the error code asks for.</summary>
    public string Remedy
    {
        get => field ?? WecomErrorCodes.RemedyOf(ErrorCode, PlatformText);
        init;
    }

    /// <summary>The call may have taken effect although it failed: it was sent, and no readable answer came back.</summary>
    public bool OutcomeUnknown { get; init; }
}
