namespace WecomBridge.Wecom.Api;

/// <summary>Kinds of media, and how large each may be (developer page 90253).</summary>
public static class WecomMediaTypes
{
    /// <summary>JPG or PNG.</summary>
    public const string Image = "image";

    /// <summary>AMR of at most 60 s.</summary>
    public const string Voice = "voice";

    /// <summary>MP4.</summary>
    public const string Video = "video";

    /// <summary>Anything.</summary>
    public const string File = "file";

    /// <summary>Largest image, bytes; older tenants may refuse more than 2 MB with 45001.</summary>
    public const long MaxImageBytes = 10 * Megabyte;

    /// <summary>Largest voice recording, bytes.</summary>
    public const long MaxVoiceBytes = 2 * Megabyte;

    /// <summary>Largest video, bytes.</summary>
    public const long MaxVideoBytes = 10 * Megabyte;

    /// <summary>Largest file, bytes.</summary>
    public const long MaxFileBytes = 20 * Megabyte;

    internal const long Megabyte = 1024 * 1024;

    /// <summary>Largest media of a kind, bytes.</summary>
    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public static long MaxBytesOf(string type) => type switch
    {
        Image => MaxImageBytes,
        Voice => MaxVoiceBytes,
        Video => MaxVideoBytes,
        File => MaxFileBytes,
        _ => throw new ArgumentException($"There is no media type \"{type}\": {Image}, {Voice}, {Video} and {File} are the ones.", nameof(type)),
    };
}
