namespace WecomBridge.State;

/// <summary>Ids of those in a group: the platform takes a staff id in any case, and tells customers' ids apart by it.</summary>
internal sealed class MemberIds : IEqualityComparer<string>
{
    /// <summary>Staff ids regardless of case, customers' ids exactly.</summary>
    public static readonly MemberIds Comparer = new();

    /// <summary>Below the 32 characters of the platform's ids, above what a corp chooses for its staff to type.</summary>
    private const int LeastExternal = 20;

    private MemberIds()
    {
    }

    /// <summary>A WeChat or WeCom user outside the corp, by the form of the ids that the platform gives them: a prefix, and 32 characters in all examples.</summary>
    /// <remarks>A corp chooses its staff ids itself, and <c>wong</c> is one: the length tells them apart.</remarks>
    public static bool IsExternal(string id) => id.Length >= LeastExternal && HasExternalPrefix(id);

    /// <summary>Of someone who is no member of the corp: one of those whom the platform gives an id that lasts.</summary>
    public static bool HasExternalPrefix(string id) => id.StartsWith("wm", StringComparison.Ordinal) || id.StartsWith("wo", StringComparison.Ordinal);

    public bool Equals(string? x, string? y) => string.Equals(x, y, x is not null && y is not null && IsExternal(x) && IsExternal(y) ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    public int GetHashCode(string obj) => StringComparer.OrdinalIgnoreCase.GetHashCode(obj);
}
