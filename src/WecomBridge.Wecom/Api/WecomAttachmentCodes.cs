namespace WecomBridge.Wecom.Api;

/// <summary>Error codes by which the platform refuses what is attached to a message, and not the message itself (developer page 90313).</summary>
public static class WecomAttachmentCodes
{
    /// <summary>Invalid media id: unknown, of another app, or older than three days.</summary>
    public const int InvalidMedia = 40007;

    /// <summary>Damaged image.</summary>
    public const int DamagedImage = 40123;

    /// <summary>Media id missing.</summary>
    public const int MediaMissing = 41006;

    /// <summary>Uploaded for another scene.</summary>
    public const int OtherScene = 41072;

    /// <summary>Size out of bounds.</summary>
    public const int BadSize = 41080;

    /// <summary>Resolution out of bounds.</summary>
    public const int BadResolution = 41081;

    /// <summary>Duration out of bounds.</summary>
    public const int BadDuration = 41082;

    /// <summary>Unsupported video format.</summary>
    public const int BadVideo = 41090;

    /// <summary>Empty media.</summary>
    public const int EmptyMedia = 44001;

    /// <summary>The same message without attachments may be accepted.</summary>
    public static bool IsAttachmentRefusal(int? errorCode) =>
        errorCode is InvalidMedia or DamagedImage or MediaMissing or OtherScene or BadSize or BadResolution or BadDuration or BadVideo or EmptyMedia;
}
