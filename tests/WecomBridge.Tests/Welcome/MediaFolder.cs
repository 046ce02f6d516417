using System.Text;

namespace WecomBridge.Tests.Welcome;

/// <summary>Files for greetings, deleted with the test.</summary>
internal sealed class MediaFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wecombridge-media-");

    public static byte[] Png(string content = "a") => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Encoding.UTF8.GetBytes(content)];

    public static byte[] Jpeg() => [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 4];

    public static byte[] Mp4() => [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0];

    /// <summary>Writes a file; of two writings the later has the later time, however fast they follow.</summary>
    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, name);
        var before = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : (DateTime?)null;
        File.WriteAllBytes(path, bytes);
        if (before is { } time) File.SetLastWriteTimeUtc(path, time.AddSeconds(1));
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
