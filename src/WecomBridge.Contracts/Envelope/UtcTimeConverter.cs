using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WecomBridge.Contracts;

/// <summary>Times on the wire: RFC 3339 in UTC with <c>Z</c>; whole seconds without a fraction, others with milliseconds. Any RFC 3339 time is read.</summary>
public sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    /// <summary>A time as it is written.</summary>
    public static string Format(DateTimeOffset time)
    {
        // The round-trip form is yyyy-MM-ddTHH:mm:ss.fffffffZ, and by far the cheapest to make.
        Span<char> text = stackalloc char[28];
        time.UtcDateTime.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        var isWhole = time.Ticks % TimeSpan.TicksPerSecond < TimeSpan.TicksPerMillisecond;
        return string.Concat(text[..(isWhole ? 19 : 23)], "Z");
    }

    /// <inheritdoc />
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset().ToUniversalTime();

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(Format(value));
    }
}
