namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/send_welcome_msg</c>. Text and attachments must not both be empty.</summary>
public sealed class CgibinExternalContactSendWelcomeMessageRequest : WecomRequest<CgibinExternalContactSendWelcomeMessageResponse>
{
    /// <summary>Greeting text, at most this many UTF-8 bytes.</summary>
    public const int MaxTextBytes = 4000;

    /// <summary>At most this many attachments.</summary>
    public const int MaxAttachments = 9;

    /// <summary>A welcome code lives this long from the adding, and works once.</summary>
    public static readonly TimeSpan CodeLife = TimeSpan.FromSeconds(20);

    /// <summary>The code of the add event.</summary>
    public required string WelcomeCode { get; init; }

    /// <summary>The greeting's text.</summary>
    public WelcomeText? Text { get; init; }

    /// <summary>What goes along with the text, each sent as a message of its own.</summary>
    public IReadOnlyList<WelcomeAttachment>? Attachments { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.SendWelcomeMessage);

    /// <inheritdoc />
    public override string? Secret => WelcomeCode;
}

/// <summary>Answer of <c>externalcontact/send_welcome_msg</c>.</summary>
public sealed class CgibinExternalContactSendWelcomeMessageResponse : WecomResponse;

/// <summary>Text of a greeting.</summary>
/// <param name="Content">At most 4000 UTF-8 bytes.</param>
public sealed record WelcomeText(string Content);

/// <summary>One attachment: the kind, and the one part of that kind.</summary>
public sealed record WelcomeAttachment
{
    private WelcomeAttachment(string msgtype) => Msgtype = msgtype;

    /// <summary><c>image</c>, <c>link</c>, <c>miniprogram</c>, <c>video</c> or <c>file</c>.</summary>
    public string Msgtype { get; }

    /// <summary>Present for an image.</summary>
    public WelcomeImage? Image { get; private init; }

    /// <summary>Present for a link.</summary>
    public WelcomeLink? Link { get; private init; }

    /// <summary>Present for a mini program.</summary>
    public WelcomeMiniProgram? Miniprogram { get; private init; }

    /// <summary>Present for a video.</summary>
    public WelcomeMedia? Video { get; private init; }

    /// <summary>Present for a file.</summary>
    public WelcomeMedia? File { get; private init; }

    /// <summary>An image attachment.</summary>
    public static WelcomeAttachment Of(WelcomeImage image) => new("image") { Image = image };

    /// <summary>A link attachment.</summary>
    public static WelcomeAttachment Of(WelcomeLink link) => new("link") { Link = link };

    /// <summary>A mini program attachment.</summary>
    public static WelcomeAttachment Of(WelcomeMiniProgram program) => new("miniprogram") { Miniprogram = program };

    /// <summary>A video attachment.</summary>
    public static WelcomeAttachment OfVideo(string mediaId) => new("video") { Video = new WelcomeMedia(mediaId) };

    /// <summary>A file attachment.</summary>
    public static WelcomeAttachment OfFile(string mediaId) => new("file") { File = new WelcomeMedia(mediaId) };
}

/// <summary>An image: a media id, or an address from <c>media/uploadimg</c>; the media id wins.</summary>
public sealed record WelcomeImage(string? MediaId, string? PicUrl);

/// <summary>A link: title at most 128 bytes, description at most 512, address at most 2048.</summary>
public sealed record WelcomeLink(string Title, string? Picurl, string? Desc, string Url)
{
    /// <summary>Title, UTF-8 bytes.</summary>
    public const int MaxTitleBytes = 128;

    /// <summary>Description, UTF-8 bytes.</summary>
    public const int MaxDescriptionBytes = 512;

    /// <summary>Address, UTF-8 bytes.</summary>
    public const int MaxUrlBytes = 2048;
}

/// <summary>A mini program: title at most 64 bytes, its id linked to the corp.</summary>
public sealed record WelcomeMiniProgram(string Title, string PicMediaId, string Appid, string Page)
{
    /// <summary>Title, UTF-8 bytes.</summary>
    public const int MaxTitleBytes = 64;
}

/// <summary>Temporary media.</summary>
public sealed record WelcomeMedia(string MediaId);
