using System.Globalization;
using System.Text;

namespace WecomBridge.Simulator.Api;

/// <summary>Pages of a listing with opaque cursors, bound to the request they came from and short of life (api.md 0).</summary>
internal static class Paging
{
    /// <summary>One page and the cursor of the next; empty at the end, and only there.</summary>
    /// <param name="call">Its <c>cursor</c>, of the body or else of the query, says where to go on.</param>
    /// <param name="all">The whole listing.</param>
    /// <param name="limit">Entries a page.</param>
    /// <param name="request">The other parameters, which must not change from page to page.</param>
    /// <exception cref="ApiRefusal">50100: the cursor is another listing's, too old or none of ours.</exception>
    public static (IReadOnlyList<T> Page, string Next) Page<T>(this ApiCall call, IReadOnlyList<T> all, long limit, string request)
    {
        var cursor = call.Text("cursor") ?? call.Query["cursor"].ToString();
        var bound = $"{call.Path} {request}";
        if (cursor.Length == 0 && all.Count > 0 && call.Corp.Options.EmptyFirstPages) return ([], Write(0, call.Now, bound));
        var offset = cursor.Length == 0 ? 0 : Read(cursor, call.Now - call.Corp.Options.CursorLife, bound) ?? throw new ApiRefusal(50100);
        var page = all.Skip(offset).Take((int)limit).ToList();
        return (page, offset + page.Count < all.Count ? Write(offset + page.Count, call.Now, bound) : "");
    }

    private static string Write(int offset, DateTimeOffset now, string bound) => Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{offset}|{now.ToUnixTimeMilliseconds()}|{bound}")));

    private static int? Read(string cursor, DateTimeOffset oldest, string bound)
    {
        var bytes = new byte[cursor.Length];
        if (!Convert.TryFromBase64String(cursor, bytes, out var length)) return null;
        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split('|', 3);
        return parts.Length == 3 && parts[2] == bound && long.TryParse(parts[1], out var at) && at >= oldest.ToUnixTimeMilliseconds() && int.TryParse(parts[0], out var offset) ? offset : null;
    }
}
