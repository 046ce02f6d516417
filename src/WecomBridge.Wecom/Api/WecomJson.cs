using System.Buffers;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace WecomBridge.Wecom.Api;

/// <summary>JSON as the platform speaks it: snake case, Chinese text unescaped (40033 refuses escapes in places), and answers read with patience.</summary>
/// <remarks>Numbers arrive as text, text as numbers, lists and objects as null or empty text; such a field becomes its empty value, never a failure.</remarks>
internal static class WecomJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutWhatIsIgnored, ReadObjectsWithPatience } },
        Converters = { new TextConverter(), new Int32Converter(), new Int64Converter(), new DoubleConverter(), new FlagConverter(), new NumberListConverter(), new ListConverterFactory() },
    };

    /// <summary>A whole number, however it is written; null when it is none.</summary>
    public static long? WholeNumber(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number when element.TryGetInt64(out var number) => number,
        JsonValueKind.String when long.TryParse(element.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        JsonValueKind.Number or JsonValueKind.String => Whole(Number(element)),
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => null,
    };

    /// <summary>A text; null when it is none.</summary>
    public static string? Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.Deserialize<string>(Options) : null;

    /// <summary>Some writers give whole numbers a point; beyond 2^53 such a number is no longer exact, so it is none.</summary>
    private static long? Whole(double? number) => number is { } value && Math.Abs(value) < 1L << 53 && Math.Floor(value).Equals(value) ? (long)value : null;

    private static double? Number(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number when element.TryGetDouble(out var number) && double.IsFinite(number) => number,
        JsonValueKind.String when double.TryParse(element.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        _ => null,
    };

    /// <summary>An overriding property does not inherit <see cref="JsonIgnoreAttribute"/> in the serializer's eyes, and the platform is not to see our own words.</summary>
    private static void LeaveOutWhatIsIgnored(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i].AttributeProvider is PropertyInfo property && Attribute.IsDefined(property, typeof(JsonIgnoreAttribute), inherit: true)) type.Properties.RemoveAt(i);
        }
    }

    /// <summary>On the property and not on the type: the type's own reading stays what it is.</summary>
    private static void ReadObjectsWithPatience(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object) return;
        foreach (var property in type.Properties)
        {
            if (IsObject(property.PropertyType)) property.CustomConverter = (JsonConverter)Activator.CreateInstance(typeof(ObjectConverter<>).MakeGenericType(property.PropertyType))!;
        }
    }

    private static bool IsObject(Type type) =>
        type != typeof(string) && !typeof(JsonNode).IsAssignableFrom(type)
        && (type.IsClass || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)));

    private sealed class TextConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String) return TextOf(ref reader);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False ? document.RootElement.GetRawText() : null;
        }

        private static string? TextOf(ref Utf8JsonReader reader)
        {
            try
            {
                return reader.GetString();
            }
            catch (InvalidOperationException)
            {
                return BrokenText.Read(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan);
            }
        }

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
    }

    private sealed class Int32Converter : JsonConverter<int?>
    {
        public override int? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return WholeNumber(document.RootElement) is >= int.MinValue and <= int.MaxValue and var number ? (int)number : null;
        }

        public override void Write(Utf8JsonWriter writer, int? value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, (long?)value, options);
    }

    private sealed class Int64Converter : JsonConverter<long?>
    {
        public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return WholeNumber(document.RootElement);
        }

        public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options)
        {
            if (value is { } number) writer.WriteNumberValue(number);
            else writer.WriteNullValue();
        }
    }

    private sealed class DoubleConverter : JsonConverter<double?>
    {
        public override double? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return Number(document.RootElement);
        }

        public override void Write(Utf8JsonWriter writer, double? value, JsonSerializerOptions options)
        {
            if (value is { } number) writer.WriteNumberValue(number);
            else writer.WriteNullValue();
        }
    }

    private sealed class FlagConverter : JsonConverter<bool>
    {
        public override bool HandleNull => true;

        public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var element = document.RootElement;
            return element.ValueKind == JsonValueKind.String && bool.TryParse(element.GetString(), out var flag) ? flag : WholeNumber(element) is not (null or 0);
        }

        public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
    }

    /// <summary>Objects: anything that is none is null.</summary>
    private sealed class ObjectConverter<T> : JsonConverter<T>
        where T : class
    {
        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.StartObject) return JsonSerializer.Deserialize<T>(ref reader, options);
            reader.Skip();
            return null;
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, options);
    }

    /// <summary>Numbers in a list: what is no whole number is passed over.</summary>
    private sealed class NumberListConverter : JsonConverter<IReadOnlyList<long>>
    {
        public override bool HandleNull => true;

        public override IReadOnlyList<long> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Array ? [.. document.RootElement.EnumerateArray().Select(WholeNumber).OfType<long>()] : [];
        }

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<long> value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var number in value) writer.WriteNumberValue(number);
            writer.WriteEndArray();
        }
    }

    /// <summary>Lists: anything that is no array is an empty list; items that are null, or no object where objects are listed, are passed over.</summary>
    private sealed class ListConverterFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(ListConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()[0]))!;
    }

    private sealed class ListConverter<T> : JsonConverter<IReadOnlyList<T>>
    {
        private static readonly bool HasObjects = IsObject(typeof(T));

        public override bool HandleNull => true;

        public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                return [];
            }

            var items = new List<T>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (HasObjects && reader.TokenType != JsonTokenType.StartObject) reader.Skip();
                else if (reader.TokenType != JsonTokenType.Null && JsonSerializer.Deserialize<T>(ref reader, options) is { } item) items.Add(item);
            }

            return items;
        }

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var item in value) JsonSerializer.Serialize(writer, item, options);
            writer.WriteEndArray();
        }
    }
}
