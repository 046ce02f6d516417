namespace WecomBridge.State;

/// <summary>How values lie in both databases: times as Unix milliseconds, ids as lower-case text.</summary>
internal static class StateValues
{
    /// <summary>Milliseconds since 1970, the fraction cut off.</summary>
    public static long ToDb(this DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    /// <summary>UTC.</summary>
    public static DateTimeOffset ToTime(this long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    /// <summary>UTC, or null.</summary>
    public static DateTimeOffset? ToTime(this long? milliseconds) => milliseconds is { } value ? value.ToTime() : null;

    /// <summary>Lower case with hyphens: ordinal order is the same in both databases.</summary>
    public static string ToDb(this Guid id) => id.ToString("D");
}
