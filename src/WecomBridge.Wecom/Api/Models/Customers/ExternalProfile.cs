namespace WecomBridge.Wecom.Api;

/// <summary>What customers see of a member, or members of a customer who uses WeCom.</summary>
public sealed class ExternalProfile
{
    /// <summary>Short company name.</summary>
    public string? ExternalCorpName { get; set; }

    /// <summary>Notes by name.</summary>
    public IReadOnlyList<ExternalAttribute> ExternalAttr { get; set; } = [];
}

/// <summary>A note: the part its type names is present.</summary>
public sealed class ExternalAttribute
{
    /// <summary>0 text, 1 web page, 2 mini program.</summary>
    public int? Type { get; set; }

    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary>Present for type 0.</summary>
    public ExternalAttributeText? Text { get; set; }

    /// <summary>Present for type 1.</summary>
    public ExternalAttributeWeb? Web { get; set; }

    /// <summary>Present for type 2.</summary>
    public ExternalAttributeMiniProgram? Miniprogram { get; set; }
}

/// <summary>A note in words.</summary>
public sealed class ExternalAttributeText
{
    /// <summary>The words.</summary>
    public string? Value { get; set; }
}

/// <summary>A note that is a web page.</summary>
public sealed class ExternalAttributeWeb
{
    /// <summary>Its address.</summary>
    public string? Url { get; set; }

    /// <summary>Its title.</summary>
    public string? Title { get; set; }
}

/// <summary>A note that is a mini program.</summary>
public sealed class ExternalAttributeMiniProgram
{
    /// <summary>Id of the program.</summary>
    public string? Appid { get; set; }

    /// <summary>Page within it.</summary>
    public string? Pagepath { get; set; }

    /// <summary>Its title.</summary>
    public string? Title { get; set; }
}
