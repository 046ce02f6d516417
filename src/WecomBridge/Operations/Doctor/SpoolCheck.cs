using Microsoft.Extensions.Options;
using WecomBridge.Spool;

namespace WecomBridge.Operations;

/// <summary>The spool's folder can be written and its disk has room.</summary>
internal sealed class SpoolCheck(IOptions<SpoolOptions> spool) : IDoctorCheck
{
    private const long LeastBytes = 100L << 20;
    private const long FewBytes = 1L << 30;

    public string Name => "spool";

    public bool IsOfSettings => true;

    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Finding>>([Look()]);

    private Finding Look()
    {
        var file = Path.GetFullPath(spool.Value.Path);
        if (WritableFolder.FindFault(file) is { } fault) return Finding.Fault("", $"Spool:Path {spool.Value.Path} cannot be used: {fault}", "Give a path on a local disk that the service's user may write, or its rights to that user.");
        var free = new DriveInfo(WritableFolder.Nearest(file)!).AvailableFreeSpace;
        var text = $"{free >> 20} MiB are free where Spool:Path is";
        if (free < LeastBytes) return Finding.Fault("", $"Only {text}.", "Make room: when the disk is full, callbacks are not acknowledged.");
        return free < FewBytes ? Finding.Warning("", $"Only {text}.", "Make room, or move Spool:Path.") : Finding.Well("", $"{text}, and it can be written.");
    }
}

/// <summary>Finds out whether a file could be written without leaving one.</summary>
internal static class WritableFolder
{
    /// <summary>What is wrong; null when the file, or the first one in its folder, can be written. Folders that do not exist yet are made by the service.</summary>
    public static string? FindFault(string file)
    {
        try
        {
            if (Directory.Exists(file)) return "it is a folder.";
            if (File.Exists(file))
            {
                using var present = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
                return null;
            }

            if (Nearest(file) is not { } folder) return "a part of its path is a file.";
            using var probe = new FileStream(Path.Combine(folder, $".wecombridge-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception is UnauthorizedAccessException ? "the right to write there is missing." : "the system refuses to write there.";
        }
    }

    /// <summary>The folder nearest to the file that exists; null when a file stands in the way.</summary>
    public static string? Nearest(string file)
    {
        var folder = Path.GetDirectoryName(file);
        while (folder is not null && !Directory.Exists(folder))
        {
            if (File.Exists(folder)) return null;
            folder = Path.GetDirectoryName(folder);
        }

        return folder;
    }
}
