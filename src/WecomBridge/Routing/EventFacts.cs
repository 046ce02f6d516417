using System.Text.Json;
using WecomBridge.Broker;

namespace WecomBridge.Routing;

/// <summary>What of an event conditions are held against. Null where the event does not carry it.</summary>
internal readonly record struct EventFacts
{
    private const string OriginHeader = EventWriter.HeaderPrefix + "wborigin";

    /// <summary>Number of the field that holds others; below it are those that conditions ask for.</summary>
    private const int Relation = 6;

    /// <summary><c>data.app</c></summary>
    public string? App { get; init; }

    /// <summary><c>data.state</c>, or <c>data.relation.state</c></summary>
    public string? State { get; init; }

    /// <summary><c>data.userId</c></summary>
    public string? Staff { get; init; }

    /// <summary><c>data.externalUserId</c></summary>
    public string? Customer { get; init; }

    /// <summary><c>data.chatId</c></summary>
    public string? Group { get; init; }

    /// <summary><c>data.kind</c></summary>
    public string? Kind { get; init; }

    /// <summary><c>wborigin</c></summary>
    public string? Origin { get; init; }

    /// <summary>Reads them from a message; what cannot be read carries nothing.</summary>
    public static EventFacts Read(OutgoingMessage message) => Read(message.Body.Span, message.Attributes.GetValueOrDefault(OriginHeader));

    /// <summary>Reads them from a structured CloudEvent, in one pass.</summary>
    /// <param name="body">UTF-8.</param>
    /// <param name="origin">Its <c>wborigin</c>, which whoever calls has at hand.</param>
    public static EventFacts Read(ReadOnlySpan<byte> body, string? origin)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return default;
            var facts = new EventFacts { Origin = origin };
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isData = reader.ValueTextEquals("data"u8);
                reader.Read();
                if (isData && reader.TokenType == JsonTokenType.StartObject) return ReadData(ref reader, facts);
                reader.Skip();
            }

            return facts;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Not an event of ours; invalid UTF-8 in a text is the second exception.
            return default;
        }
    }

    private static EventFacts ReadData(ref Utf8JsonReader reader, EventFacts facts)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldOf(ref reader);
            reader.Read();
            if (field == Relation && reader.TokenType == JsonTokenType.StartObject) facts = ReadData(ref reader, facts);
            else if (field < Relation && reader.TokenType == JsonTokenType.String) facts = facts.With(field, reader.GetString());
            else reader.Skip();
        }

        return facts;
    }

    private static int FieldOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("app"u8) ? 0
        : reader.ValueTextEquals("state"u8) ? 1
        : reader.ValueTextEquals("userId"u8) ? 2
        : reader.ValueTextEquals("externalUserId"u8) ? 3
        : reader.ValueTextEquals("chatId"u8) ? 4
        : reader.ValueTextEquals("kind"u8) ? 5
        : reader.ValueTextEquals("relation"u8) ? Relation
        : Relation + 1;

    private EventFacts With(int field, string? text) => field switch
    {
        0 => this with { App = text },
        1 => this with { State = text },
        2 => this with { Staff = text },
        3 => this with { Customer = text },
        4 => this with { Group = text },
        _ => this with { Kind = text },
    };
}
