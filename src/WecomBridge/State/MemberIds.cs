namespace WecomBridge.State;

/// <summary>Ids of those in a group: the platform takes a staff id in any case, and tells customers' ids apart by it.</summary>
internal sealed class MemberIds : IEqualityComparer<string>
{
    /// <summary>Staff ids regardless of case, customers' ids exactly.</summary>
    public static readonly MemberIds Comparer = new();

    private MemberIds()
    {
    }

    /// <summary>A WeChat or WeCom user outside the corp, by the prefix that the platform gives their ids.</summary>
    public static bool IsExternal(string id) => id.StartsWith("wm", StringComparison.Ordinal) || id.StartsWith("wo", StringComparison.Ordinal);

    public bool Equals(string? x, string? y) => string.Equals(x, y, x is not null && IsExternal(x) ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    public int GetHashCode(string obj) => StringComparer.OrdinalIgnoreCase.GetHashCode(obj);
}
