namespace WecomBridge.Welcome;

/// <summary>One attachment: exactly one of the five is set.</summary>
internal sealed class WelcomeAttachmentOptions
{
    /// <summary>A link with title and picture. Default: none.</summary>
    public LinkOptions? Link { get; set; }

    /// <summary>A picture. Default: none.</summary>
    public ImageOptions? Image { get; set; }

    /// <summary>A mini program. Default: none.</summary>
    public MiniProgramOptions? MiniProgram { get; set; }

    /// <summary>A video. Default: none.</summary>
    public MediaOptions? Video { get; set; }

    /// <summary>A file. Default: none.</summary>
    public MediaOptions? File { get; set; }
}

internal sealed class LinkOptions
{
    /// <summary>At most 128 UTF-8 bytes. Required.</summary>
    public string Title { get; set; } = "";

    /// <summary>At most 2048 UTF-8 bytes, http or https. Required.</summary>
    public string Url { get; set; } = "";

    /// <summary>At most 512 UTF-8 bytes. Default: none.</summary>
    public string? Description { get; set; }

    /// <summary>Address of a picture. Default: none.</summary>
    public string? PicUrl { get; set; }
}

/// <summary>Exactly one of the three is set.</summary>
internal sealed class ImageOptions
{
    /// <summary>A JPG or PNG file of at most 10 MB, relative to the working directory; it is uploaded ahead of time.</summary>
    public string? Path { get; set; }

    /// <summary>Id of temporary media (three days).</summary>
    public string? MediaId { get; set; }

    /// <summary>Address that <c>media/uploadimg</c> returned.</summary>
    public string? PicUrl { get; set; }
}

internal sealed class MiniProgramOptions
{
    /// <summary>At most 64 UTF-8 bytes. Required.</summary>
    public string Title { get; set; } = "";

    /// <summary>The cover, a JPG or PNG file of at most 10 MB, relative to the working directory. This or <see cref="PicMediaId"/>.</summary>
    public string? PicPath { get; set; }

    /// <summary>Media id of the cover. This or <see cref="PicPath"/>.</summary>
    public string? PicMediaId { get; set; }

    /// <summary>The mini program, linked to the corp. Required.</summary>
    public string AppId { get; set; } = "";

    /// <summary>Its page. Required.</summary>
    public string Page { get; set; } = "";
}

/// <summary>Exactly one of the two is set.</summary>
internal sealed class MediaOptions
{
    /// <summary>The file, relative to the working directory; a video is an MP4 of at most 10 MB, a file has at most 20 MB. It is uploaded ahead of time.</summary>
    public string? Path { get; set; }

    /// <summary>Id of temporary media (three days).</summary>
    public string? MediaId { get; set; }
}
