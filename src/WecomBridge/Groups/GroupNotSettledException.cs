using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Groups;

/// <summary>The platform's answer and its events do not fit together yet: the group is read again in a moment.</summary>
internal sealed class GroupNotSettledException() : Exception("The group is not settled."), IClassifiedFailure
{
    public WecomFailure Failure => WecomFailure.Conflict;

    public TimeSpan? RetryAfter => null;

    public string Reason => "WeCom's answer does not fit its events yet";

    public string Remedy => "Nothing: the group is read again.";
}
