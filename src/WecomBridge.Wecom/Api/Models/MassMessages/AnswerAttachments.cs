namespace WecomBridge.Wecom.Api;

/// <summary>A text as the platform gives it back.</summary>
public sealed class AnswerText
{
    /// <summary>The words.</summary>
    public string? Content { get; set; }
}

/// <summary>An image as the platform gives it back.</summary>
public sealed class AnswerImage
{
    /// <summary>The media, where it still knows them.</summary>
    public string? MediaId { get; set; }

    /// <summary>Its address.</summary>
    public string? PicUrl { get; set; }
}

/// <summary>Media as the platform gives them back.</summary>
public sealed class AnswerMedia
{
    /// <summary>The media.</summary>
    public string? MediaId { get; set; }
}

/// <summary>A link as the platform gives it back.</summary>
public sealed class AnswerLink
{
    /// <summary>Its title.</summary>
    public string? Title { get; set; }

    /// <summary>Address of its picture.</summary>
    public string? Picurl { get; set; }

    /// <summary>What it says.</summary>
    public string? Desc { get; set; }

    /// <summary>Its address.</summary>
    public string? Url { get; set; }

    /// <summary>Its picture, in moments.</summary>
    public string? MediaId { get; set; }
}

/// <summary>A mini program as the platform gives it back.</summary>
public sealed class AnswerMiniProgram
{
    /// <summary>Its title.</summary>
    public string? Title { get; set; }

    /// <summary>Its picture.</summary>
    public string? PicMediaId { get; set; }

    /// <summary>Id of the program.</summary>
    public string? Appid { get; set; }

    /// <summary>Page within it.</summary>
    public string? Page { get; set; }
}

/// <summary>An attachment as the platform gives it back: the part its type names is present.</summary>
public sealed class AnswerAttachment
{
    /// <summary><c>image</c>, <c>link</c>, <c>miniprogram</c>, <c>video</c> or <c>file</c>; others occur.</summary>
    public string? Msgtype { get; set; }

    /// <summary>Present for an image.</summary>
    public AnswerImage? Image { get; set; }

    /// <summary>Present for a link.</summary>
    public AnswerLink? Link { get; set; }

    /// <summary>Present for a mini program.</summary>
    public AnswerMiniProgram? Miniprogram { get; set; }

    /// <summary>Present for a video.</summary>
    public AnswerMedia? Video { get; set; }

    /// <summary>Present for a file.</summary>
    public AnswerMedia? File { get; set; }
}
