using System.Security.Cryptography;

namespace WecomBridge.Operations;

/// <summary>The files that settings came from, and how to read all sources again.</summary>
/// <param name="Paths">All that would be read, also those that do not exist.</param>
/// <param name="Read">Reads every source as at the start.</param>
internal sealed record SettingsFiles(IReadOnlyList<string> Paths, Func<IDictionary<string, string?>> Read)
{
    /// <summary>Changes when the content of any file does. Contents are compared, and not times: mounted settings are swapped by links, and editors rename.</summary>
    public string Print()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in Paths)
        {
            try
            {
                var content = File.ReadAllBytes(path);
                hash.AppendData(BitConverter.GetBytes(content.Length));
                hash.AppendData(content);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Not there, or not readable now: that is a content too.
                hash.AppendData(BitConverter.GetBytes(-1));
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
