namespace WecomBridge.Wecom.Callbacks;

/// <summary>A decrypted callback is neither XML nor a JSON object, or beyond the limits of <see cref="CallbackEventReader"/>. The message never holds content.</summary>
public sealed class CallbackUnreadableException : Exception
{
    /// <summary>Says what is wrong, without content.</summary>
    public CallbackUnreadableException(string message) : base(message)
    {
    }

    /// <summary>Without a reason.</summary>
    public CallbackUnreadableException() : this("The callback is neither XML nor a JSON object.")
    {
    }

    /// <summary>With a cause, which must not hold content either.</summary>
    public CallbackUnreadableException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
