using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using WecomBridge.Contracts;

namespace WecomBridge.Broker;

/// <summary>Turns an event into the message that goes to the broker: structured JSON body, routing key, headers.</summary>
internal static class EventWriter
{
    /// <summary>Prefix of the AMQP headers that repeat the CloudEvents attributes; <see cref="OutgoingMessage.Attributes"/> carries the names with it.</summary>
    public const string HeaderPrefix = "cloudEvents_";

    /// <summary>Most characters of one word of a routing key.</summary>
    public const int MaxWord = 32;

    private static readonly SearchValues<char> WordCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-");

    // A body is never put into HTML, so text stays readable; the order of calls below is fixed, so it need not be checked.
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static Scratch? t_scratch;

    /// <summary>Writes an event.</summary>
    /// <param name="cloudEvent">Its type is in <see cref="EventTypes"/>, its data names the corp.</param>
    /// <param name="exchange">Where it goes, one of <see cref="Exchanges"/>.</param>
    /// <exception cref="ArgumentException">The type is not in the contract, or the corp is no word of a routing key.</exception>
    public static OutgoingMessage Write<TData>(CloudEvent<TData> cloudEvent, string exchange)
        where TData : class
    {
        if (!EventTypes.TryFindCloudEventType(cloudEvent.Type, out var type))
            throw new ArgumentException("The type is not in the contract.", nameof(cloudEvent));

        var text = new AttributeText(cloudEvent);
        return new OutgoingMessage
        {
            Exchange = exchange,
            RoutingKey = RoutingKey(CorpOf(cloudEvent.Data), type.Name, cloudEvent.PartitionKey),
            Id = cloudEvent.Id,
            Type = cloudEvent.Type,
            Time = cloudEvent.Time,
            PartitionKey = cloudEvent.PartitionKey,
            Body = Body(cloudEvent, text),
            Attributes = Headers(cloudEvent, text),
        };
    }

    /// <summary><c>v1.&lt;corp&gt;.&lt;entity&gt;.&lt;action&gt;.&lt;partition&gt;</c></summary>
    /// <exception cref="ArgumentException">The corp is no word of a routing key.</exception>
    public static string RoutingKey(string corp, string name, string partitionKey)
    {
        if (!IsWord(corp)) throw new ArgumentException("The corp is no word of a routing key.", nameof(corp));

        return $"v1.{corp}.{name}.{PartitionKeys.WordOf(partitionKey)}";
    }

    /// <summary>Whether a text may be a word of a routing key: <c>[a-z0-9_-]{1,32}</c>.</summary>
    public static bool IsWord(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxWord && !text.ContainsAnyExcept(WordCharacters);

    private static string CorpOf(object data) => data switch
    {
        EventData { Corp: var corp } => corp,
        CommandData { Corp: { } corp } => corp,
        _ => throw new ArgumentException("The data names no corp.", nameof(data)),
    };

    private static byte[] Body<TData>(CloudEvent<TData> cloudEvent, in AttributeText text)
        where TData : class
    {
        var scratch = t_scratch ??= new Scratch();
        var writer = scratch.Writer;
        try
        {
            writer.WriteStartObject();
            writer.WriteString(Names.SpecVersion, cloudEvent.SpecVersion);
            writer.WriteString(Names.Id, cloudEvent.Id);
            writer.WriteString(Names.Source, cloudEvent.Source);
            writer.WriteString(Names.Type, cloudEvent.Type);
            writer.WriteString(Names.Subject, cloudEvent.Subject);
            writer.WriteString(Names.Time, text.Time);
            writer.WriteString(Names.DataContentType, cloudEvent.DataContentType);
            if (cloudEvent.DataSchema is not null) writer.WriteString(Names.DataSchema, cloudEvent.DataSchema);
            writer.WriteString(Names.PartitionKey, cloudEvent.PartitionKey);
            writer.WriteString(Names.Origin, cloudEvent.Origin);
            if (text.Cause is not null) writer.WriteString(Names.Cause, text.Cause);
            writer.WriteString(Names.Received, text.Received);
            if (cloudEvent.TraceParent is not null) writer.WriteString(Names.TraceParent, cloudEvent.TraceParent);
            writer.WritePropertyName(Names.Data);
            JsonSerializer.Serialize(writer, cloudEvent.Data, EventJson.DataOf<TData>());
            writer.WriteEndObject();
            writer.Flush();
            return scratch.Buffer.WrittenSpan.ToArray();
        }
        finally
        {
            scratch.Reset();
        }
    }

    private static Dictionary<string, string> Headers(CloudEvent cloudEvent, in AttributeText text)
    {
        var headers = new Dictionary<string, string>(13, StringComparer.Ordinal)
        {
            [HeaderPrefix + "specversion"] = cloudEvent.SpecVersion,
            [HeaderPrefix + "id"] = text.Id,
            [HeaderPrefix + "source"] = cloudEvent.Source,
            [HeaderPrefix + "type"] = cloudEvent.Type,
            [HeaderPrefix + "subject"] = cloudEvent.Subject,
            [HeaderPrefix + "time"] = text.Time,
            [HeaderPrefix + "datacontenttype"] = cloudEvent.DataContentType,
            [HeaderPrefix + "partitionkey"] = cloudEvent.PartitionKey,
            [HeaderPrefix + "wborigin"] = cloudEvent.Origin,
            [HeaderPrefix + "wbreceived"] = text.Received,
        };
        if (cloudEvent.DataSchema is not null) headers[HeaderPrefix + "dataschema"] = cloudEvent.DataSchema;
        if (text.Cause is not null) headers[HeaderPrefix + "wbcause"] = text.Cause;
        if (cloudEvent.TraceParent is not null) headers[HeaderPrefix + "traceparent"] = cloudEvent.TraceParent;
        return headers;
    }

    /// <summary>Attributes that are text both in the body and in the headers, formatted once.</summary>
    private readonly struct AttributeText(CloudEvent cloudEvent)
    {
        public string Id { get; } = cloudEvent.Id.ToString("D");
        public string Time { get; } = UtcTimeConverter.Format(cloudEvent.Time);
        public string Received { get; } = UtcTimeConverter.Format(cloudEvent.Received);
        public string? Cause { get; } = cloudEvent.Cause?.ToString("D");
    }

    private static class Names
    {
        public static readonly JsonEncodedText SpecVersion = JsonEncodedText.Encode("specversion");
        public static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
        public static readonly JsonEncodedText Source = JsonEncodedText.Encode("source");
        public static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
        public static readonly JsonEncodedText Subject = JsonEncodedText.Encode("subject");
        public static readonly JsonEncodedText Time = JsonEncodedText.Encode("time");
        public static readonly JsonEncodedText DataContentType = JsonEncodedText.Encode("datacontenttype");
        public static readonly JsonEncodedText DataSchema = JsonEncodedText.Encode("dataschema");
        public static readonly JsonEncodedText PartitionKey = JsonEncodedText.Encode("partitionkey");
        public static readonly JsonEncodedText Origin = JsonEncodedText.Encode("wborigin");
        public static readonly JsonEncodedText Cause = JsonEncodedText.Encode("wbcause");
        public static readonly JsonEncodedText Received = JsonEncodedText.Encode("wbreceived");
        public static readonly JsonEncodedText TraceParent = JsonEncodedText.Encode("traceparent");
        public static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");
    }

    /// <summary>One writer and its buffer for each thread.</summary>
    private sealed class Scratch
    {
        private const int MostKept = 64 * 1024;

        public Scratch() => Writer = new Utf8JsonWriter(Buffer, Format);

        public ArrayBufferWriter<byte> Buffer { get; private set; } = new(1024);

        public Utf8JsonWriter Writer { get; }

        public void Reset()
        {
            if (Buffer.Capacity > MostKept) Buffer = new ArrayBufferWriter<byte>(1024);
            else Buffer.ResetWrittenCount();
            Writer.Reset(Buffer);
        }
    }
}
