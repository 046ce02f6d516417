namespace WecomBridge.Tags;

/// <summary>A corp tag by its group and name; names are compared ordinally, as the platform does.</summary>
internal readonly record struct TagName(string Group, string Tag)
{
    /// <summary>Reads <c>Group/Tag</c>.</summary>
    public static bool TryParse(string text, out TagName name)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        name = slash > 0 && slash < text.Length - 1 ? new TagName(text[..slash], text[(slash + 1)..]) : default;
        return name.Group is not null;
    }

    public override string ToString() => $"{Group}/{Tag}";
}
