using System.Text;

namespace WecomBridge.Simulator.Api;

/// <summary>Opaque page marks, bound to the request they came from.</summary>
internal static class Cursor
{
    public static string Write(string request, int offset) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{offset}|{request}"));

    /// <summary>The offset to go on from, 0 without a cursor; null for a cursor of another request or none of ours (50100).</summary>
    public static int? Read(string? cursor, string request)
    {
        if (string.IsNullOrEmpty(cursor)) return 0;
        var bytes = new byte[cursor.Length];
        if (!Convert.TryFromBase64String(cursor, bytes, out var length)) return null;
        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split('|', 2);
        return parts.Length == 2 && parts[1] == request && int.TryParse(parts[0], out var offset) ? offset : null;
    }

    /// <summary>One page and the cursor of the next; empty at the end.</summary>
    public static (List<T> Page, string Next) Cut<T>(IReadOnlyList<T> all, int offset, int limit, string request)
    {
        var page = all.Skip(offset).Take(limit).ToList();
        return (page, offset + page.Count < all.Count ? Write(request, offset + page.Count) : "");
    }
}
