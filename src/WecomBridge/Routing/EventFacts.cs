using System.Text.Json;
using WecomBridge.Broker;

namespace WecomBridge.Routing;

/// <summary>Which facts are read from an event's data; others cost nothing.</summary>
[Flags]
internal enum EventFields
{
    None = 0,
    App = 1,
    State = 2,
    Staff = 4,
    Customer = 8,
    Group = 16,
    Kind = 32,
    All = App | State | Staff | Customer | Group | Kind,
}

/// <summary>What of an event conditions are held against. Null where the event does not carry it.</summary>
internal readonly record struct EventFacts
{
    private const string OriginHeader = EventWriter.HeaderPrefix + "wborigin";

    /// <summary>The field that holds others.</summary>
    private const EventFields Relation = (EventFields)64;

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

    /// <summary>Reads some of them from a message; what cannot be read carries nothing.</summary>
    public static EventFacts Read(OutgoingMessage message, EventFields fields) => Read(message.Body.Span, message.Attributes.GetValueOrDefault(OriginHeader), fields);

    /// <summary>Reads them from a structured CloudEvent, in one pass that ends with the last of them.</summary>
    /// <param name="body">UTF-8.</param>
    /// <param name="origin">Its <c>wborigin</c>, which whoever calls has at hand.</param>
    /// <param name="fields">Which of its data.</param>
    public static EventFacts Read(ReadOnlySpan<byte> body, string? origin, EventFields fields = EventFields.All)
    {
        var facts = new EventFacts { Origin = origin };
        if (fields == EventFields.None) return facts;
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return default;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isData = reader.ValueTextEquals("data"u8);
                reader.Read();
                if (isData && reader.TokenType == JsonTokenType.StartObject)
                {
                    ReadData(ref reader, ref facts, ref fields);
                    return facts;
                }

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

    /// <param name="reader">Inside the object.</param>
    /// <param name="facts">Filled.</param>
    /// <param name="missing">Fields that are still looked for.</param>
    private static void ReadData(ref Utf8JsonReader reader, ref EventFacts facts, ref EventFields missing)
    {
        while (missing != EventFields.None && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldOf(ref reader);
            reader.Read();
            if (field == Relation && reader.TokenType == JsonTokenType.StartObject)
            {
                ReadData(ref reader, ref facts, ref missing);
            }
            else if ((field & missing) != EventFields.None && reader.TokenType == JsonTokenType.String)
            {
                facts = facts.With(field, reader.GetString());
                missing &= ~field;
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static EventFields FieldOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("app"u8) ? EventFields.App
        : reader.ValueTextEquals("state"u8) ? EventFields.State
        : reader.ValueTextEquals("userId"u8) ? EventFields.Staff
        : reader.ValueTextEquals("externalUserId"u8) ? EventFields.Customer
        : reader.ValueTextEquals("chatId"u8) ? EventFields.Group
        : reader.ValueTextEquals("kind"u8) ? EventFields.Kind
        : reader.ValueTextEquals("relation"u8) ? Relation
        : EventFields.None;

    private EventFacts With(EventFields field, string? text) => field switch
    {
        EventFields.App => this with { App = text },
        EventFields.State => this with { State = text },
        EventFields.Staff => this with { Staff = text },
        EventFields.Customer => this with { Customer = text },
        EventFields.Group => this with { Group = text },
        _ => this with { Kind = text },
    };
}
