namespace WecomBridge.Wecom.Api;

/// <summary>The caller gave up before its call had left the process: the platform knows nothing of it.</summary>
public sealed class WecomNotSentException : OperationCanceledException
{
    /// <summary>A call that was not made.</summary>
    /// <param name="token">The caller's, which ended the wait.</param>
    public WecomNotSentException(CancellationToken token)
        : base("The call was given up before it was sent.", token)
    {
    }
}
