using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace WecomBridge.Broker;

/// <summary>The fifth word of a routing key: <c>p00</c> to <c>p15</c>, the first byte of SHA-256 over the partition key as UTF-8, modulo 16.</summary>
/// <remarks>Subscribers bind queues by these words; test vectors are in <c>docs/subscribing/event-ids.md</c>.</remarks>
internal static class PartitionKeys
{
    /// <summary>How many partitions there are.</summary>
    public const int Count = 16;

    private const int MaxStackBytes = 512;

    private static readonly string[] Words = [.. Enumerable.Range(0, Count).Select(number => $"p{number:00}")];

    /// <summary>The word of a partition key.</summary>
    public static string WordOf(string partitionKey) => Words[NumberOf(partitionKey)];

    /// <summary>The number of a partition key, 0 to 15.</summary>
    public static int NumberOf(string partitionKey)
    {
        var most = Encoding.UTF8.GetMaxByteCount(partitionKey.Length);
        var rented = most > MaxStackBytes ? ArrayPool<byte>.Shared.Rent(most) : null;
        var bytes = rented ?? stackalloc byte[MaxStackBytes];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];

        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(partitionKey, bytes)], hash);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);

        return hash[0] % Count;
    }
}
