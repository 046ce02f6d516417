using WecomBridge.Wecom.Api;

namespace WecomBridge.Work;

/// <summary>A failure on our side of the bridge that knows what a caller may do next, as <see cref="WecomException"/> does on WeCom's.</summary>
internal interface IClassifiedFailure
{
    /// <summary>What may be done.</summary>
    WecomFailure Failure { get; }

    /// <summary>How long the other side asked us to wait; null when it did not say.</summary>
    TimeSpan? RetryAfter { get; }

    /// <summary>A few words for an operator; no personal data, no secret.</summary>
    string Reason { get; }

    /// <summary>What a person can do about it.</summary>
    string Remedy { get; }
}
