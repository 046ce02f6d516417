using System.Buffers;
using System.IO.Pipelines;

namespace WecomBridge.Callbacks;

/// <summary>Reads a request's body up to a cap.</summary>
internal static class CallbackBody
{
    /// <summary>The whole body in one piece, or null when it is larger than the cap.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes) return null;
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > maxBytes)
            {
                // Given back, so that the server can take in the rest: a client still sending would otherwise see a broken connection and not the answer.
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted) return Take(reader, read);
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static ReadOnlyMemory<byte> Take(PipeReader reader, ReadResult read)
    {
        var body = read.Buffer.ToArray();
        reader.AdvanceTo(read.Buffer.End);
        return body;
    }
}
