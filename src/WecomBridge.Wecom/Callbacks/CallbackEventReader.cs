namespace WecomBridge.Wecom.Callbacks;

/// <summary>Turns a decrypted callback, XML or JSON, into a typed event.</summary>
public static class CallbackEventReader
{
    /// <summary>App events that are told apart by name; everything else is unknown.</summary>
    public static IReadOnlySet<string> AppEventNames { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Suite commands that are told apart by name.</summary>
    public static IReadOnlySet<string> SuiteInfoTypes { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
}
