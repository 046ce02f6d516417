using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Callbacks;

/// <summary>The elements of an unrecognised callback that anybody may see.</summary>
/// <remarks>
/// What WeCom invents next is not known here, so an element is left out when any name on its path contains a fragment that credentials or personal fields are
/// made of, ignoring case. This leaves out too much rather than too little; the original waits in <c>wecom.unrecognized</c>.
/// </remarks>
internal static class PublicElements
{
    /// <summary>Most elements.</summary>
    public const int MaxElements = 64;

    /// <summary>Most UTF-16 units of a path or a value.</summary>
    public const int MaxLength = 256;

    private static readonly string[] Credentials =
        ["code", "key", "token", "ticket", "secret", "passw", "credential", "sign", "nonce", "encrypt", "cipher"];

    private static readonly string[] Personal =
    [
        "name", "alias", "nick", "remark", "mobile", "phone", "mail", "fax", "address", "avatar", "image", "img", "pic", "photo", "gender", "sex", "birth",
        "position", "location", "latitude", "longitude", "precision", "label", "unionid", "openid", "idcard", "passport", "attr", "value", "scan",
        "content", "text", "title", "description", "speech", "recogni", "comment", "message", "body", "url",
    ];

    // Ids in spite of their names: the corp, and the staff member who acted.
    private static readonly string[] Ids = ["ToUserName", "FromUserName"];

    /// <summary>Path to value, in document order.</summary>
    /// <param name="document">All leaves of the callback.</param>
    /// <param name="truncated">Whether anything was left out for size.</param>
    public static Dictionary<string, string> Of(CallbackDocument document, out bool truncated)
    {
        var elements = new Dictionary<string, string>(StringComparer.Ordinal);
        truncated = false;
        for (var i = 0; i < document.Elements.Count; i++)
        {
            var (path, value) = document.Elements[i];
            if (IsPrivate(path)) continue;

            if (elements.Count == MaxElements || path.Length > MaxLength)
            {
                truncated = true;
                continue;
            }

            truncated |= value.Length > MaxLength;
            elements[path] = Clip(value)!;
        }

        return elements;
    }

    /// <summary>A text cut to <see cref="MaxLength"/>, never within a surrogate pair.</summary>
    public static string? Clip(string? text)
    {
        if (text is null || text.Length <= MaxLength) return text;

        return text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
    }

    /// <summary>Whether any name on a path stands for a credential or a personal field.</summary>
    public static bool IsPrivate(ReadOnlySpan<char> path)
    {
        foreach (var part in path.Split('/'))
        {
            var name = path[part];
            if (!IsId(name) && (ContainsAny(name, Credentials) || ContainsAny(name, Personal))) return true;
        }

        return false;
    }

    private static bool IsId(ReadOnlySpan<char> name)
    {
        foreach (var id in Ids)
        {
            if (name.Equals(id, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static bool ContainsAny(ReadOnlySpan<char> name, string[] fragments)
    {
        foreach (var fragment in fragments)
        {
            if (name.Contains(fragment, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
