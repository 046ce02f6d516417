using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Microsoft.Data.Sqlite;
using WecomBridge.Broker;

namespace WecomBridge.Spool;

/// <summary>What a spooled message is beside its body, as bytes: version, id, time in milliseconds, the five texts, the attributes. Texts are UTF-8 behind their length as four bytes, little-endian.</summary>
internal static class SpoolHead
{
    private const byte Version = 1;
    private const int IdBytes = 16;

    public static void Write(ArrayBufferWriter<byte> to, OutgoingMessage message)
    {
        var fixedPart = to.GetSpan(1 + IdBytes + sizeof(long));
        fixedPart[0] = Version;
        message.Id.TryWriteBytes(fixedPart[1..]);
        BinaryPrimitives.WriteInt64LittleEndian(fixedPart[(1 + IdBytes)..], message.Time.ToUnixTimeMilliseconds());
        to.Advance(1 + IdBytes + sizeof(long));
        WriteText(to, message.Exchange);
        WriteText(to, message.RoutingKey);
        WriteText(to, message.Type);
        WriteText(to, message.PartitionKey);
        WriteText(to, message.ContentType);
        foreach (var (name, value) in message.Attributes)
        {
            WriteText(to, name);
            WriteText(to, value);
        }
    }

    /// <exception cref="SqliteException">These are not the bytes of a head: the file is damaged.</exception>
    public static OutgoingMessage Read(MessageLane lane, ReadOnlySpan<byte> head, byte[] body)
    {
        try
        {
            if (head[0] != Version) throw Damaged();
            var rest = head[(1 + IdBytes + sizeof(long))..];
            return new OutgoingMessage
            {
                Lane = lane,
                Id = new Guid(head.Slice(1, IdBytes)),
                Time = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(head[(1 + IdBytes)..])),
                Exchange = ReadText(ref rest),
                RoutingKey = ReadText(ref rest),
                Type = ReadText(ref rest),
                PartitionKey = ReadText(ref rest),
                ContentType = ReadText(ref rest),
                Attributes = ReadAttributes(rest),
                Body = body,
            };
        }
        catch (Exception failure) when (failure is ArgumentException or IndexOutOfRangeException)
        {
            throw Damaged();
        }
    }

    /// <summary>A message, or null when these are not the bytes of a head.</summary>
    public static OutgoingMessage? TryRead(MessageLane lane, ReadOnlySpan<byte> head, byte[] body)
    {
        try
        {
            return Read(lane, head, body);
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    private static Dictionary<string, string> ReadAttributes(ReadOnlySpan<byte> rest)
    {
        const int Usual = 13;
        var attributes = new Dictionary<string, string>(Usual, StringComparer.Ordinal);
        while (!rest.IsEmpty)
        {
            var name = ReadText(ref rest);
            attributes[name] = ReadText(ref rest);
        }

        return attributes;
    }

    private static void WriteText(ArrayBufferWriter<byte> to, string text)
    {
        var span = to.GetSpan(sizeof(int) + Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, span[sizeof(int)..]);
        BinaryPrimitives.WriteInt32LittleEndian(span, length);
        to.Advance(sizeof(int) + length);
    }

    private static string ReadText(ref ReadOnlySpan<byte> rest)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        var text = Encoding.UTF8.GetString(rest.Slice(sizeof(int), length));
        rest = rest[(sizeof(int) + length)..];
        return text;
    }

    private static SqliteException Damaged() => new("A row of the spool is unreadable.", SpoolErrors.Corrupt);
}
