using System.Security.Cryptography;
using System.Text;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Welcome;

/// <summary>A file as it was read.</summary>
/// <param name="Fault">What is wrong with it, the end of a sentence; null when it can be uploaded.</param>
/// <param name="Key">Kind, a slash and a hash of the content: the same in every instance that has the same file.</param>
/// <param name="Name">What to call it towards WeCom.</param>
/// <param name="Bytes">All of it.</param>
internal sealed record MediaReading(string? Fault, string Key, string Name, byte[] Bytes);

/// <summary>Reads files and holds them against what WeCom takes (developer page 90253).</summary>
internal static class MediaFileReader
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF];
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads and checks a file; whatever stands in the way is the fault of the result.</summary>
    public static MediaReading Read(MediaFile file)
    {
        try
        {
            var info = new FileInfo(file.Location);
            if (!info.Exists) return Faulty("does not exist");
            if (SizeFault(file.Type, info.Length) is { } tooLarge) return Faulty(tooLarge);
            var bytes = File.ReadAllBytes(file.Location);
            return SizeFault(file.Type, bytes.Length) is { } changed ? Faulty(changed) : Check(file, bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Faulty("cannot be read");
        }
    }

    private static MediaReading Check(MediaFile file, byte[] bytes) => file.Type switch
    {
        // Customers see neither a picture's nor a video's name, and WeCom is safest with a plain one.
        WecomMediaTypes.Image when bytes.AsSpan().StartsWith(Jpeg) => Good(file, "image.jpg", bytes),
        WecomMediaTypes.Image when bytes.AsSpan().StartsWith(Png) => Good(file, "image.png", bytes),
        WecomMediaTypes.Image => Faulty("is neither a JPG nor a PNG"),
        WecomMediaTypes.Video when bytes.AsSpan(4).StartsWith("ftyp"u8) => Good(file, "video.mp4", bytes),
        WecomMediaTypes.Video => Faulty("is no MP4"),
        _ => Good(file, Path.GetFileName(file.Location), bytes),
    };

    private static MediaReading Good(MediaFile file, string name, byte[] bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(bytes);
        // The same content under two names is two files to a customer.
        if (file.Type == WecomMediaTypes.File) hash.AppendData(Encoding.UTF8.GetBytes("/" + name));
        return new MediaReading(null, $"{file.Type}/{Convert.ToHexStringLower(hash.GetHashAndReset())}", name, bytes);
    }

    private static MediaReading Faulty(string fault) => new(fault, "", "", []);

    private static string? SizeFault(string type, long bytes)
    {
        var most = WecomMediaTypes.MaxBytesOf(type);
        if (bytes < CgibinMediaUploadRequest.MinBytes) return $"has {bytes} bytes, and WeCom takes no media of less than {CgibinMediaUploadRequest.MinBytes}";
        return bytes > most ? $"has {bytes} bytes, and WeCom takes at most {most} for this kind" : null;
    }
}
