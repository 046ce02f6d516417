using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Serialization;
using WecomBridge.Contracts;

namespace WecomBridge.Tests.Contracts;

/// <summary>What others depend on, as text: types, exchanges, JSON names, JSON types, which fields must be there, known words.</summary>
internal static class ContractSurface
{
    private static readonly NullabilityInfoContext Nullability = new();

    public static string Describe()
    {
        var text = new StringBuilder();
        text.AppendLine("# Envelope");
        AppendFields(text, typeof(CloudEvent<CustomerAdded>));
        text.AppendLine().AppendLine("# Messages");
        foreach (var type in EventTypes.All)
        {
            text.AppendLine().AppendLine($"{type.Name} ({type.ExchangeName}): {type.DataType.Name}");
            if (EventTypes.All.First(other => other.DataType == type.DataType) == type) AppendFields(text, type.DataType);
        }

        text.AppendLine().AppendLine("# Parts");
        foreach (var part in new[] { typeof(ProfileRelation), typeof(ProfileIdentity), typeof(ProfileFact), typeof(TagChange) })
        {
            text.AppendLine().AppendLine(part.Name);
            AppendFields(text, part);
        }

        text.AppendLine().AppendLine("# Known words").AppendLine();
        foreach (var type in typeof(EventTypes).Assembly.GetExportedTypes().Where(type => type is { IsAbstract: true, IsSealed: true }).OrderBy(type => type.Name, StringComparer.Ordinal))
        {
            var words = type.GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).ToArray();
            if (words.Length > 0) text.AppendLine($"{type.Name}: {string.Join(", ", words)}");
        }

        return text.Replace("\r", "").ToString();
    }

    private static void AppendFields(StringBuilder text, Type type)
    {
        var fields = type.GetProperties()
            .Where(property => property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
            .OrderBy(property => property.GetCustomAttribute<JsonPropertyOrderAttribute>()?.Order ?? 0)
            .ThenBy(NameOf, StringComparer.Ordinal);
        foreach (var property in fields)
            text.AppendLine($"  {NameOf(property)}: {JsonTypeOf(property.PropertyType)}{(IsOptional(property) ? "?" : "")}");
    }

    private static string NameOf(PropertyInfo property) => property.GetCustomAttribute<JsonPropertyNameAttribute>()!.Name;

    /// <summary>A command may leave out what its record does not require; an event has every field that cannot be null.</summary>
    private static bool IsOptional(PropertyInfo property) =>
        (property.ReflectedType!.IsAssignableTo(typeof(CommandData)) && !property.IsDefined(typeof(RequiredMemberAttribute))) ||
        Nullable.GetUnderlyingType(property.PropertyType) is not null || Nullability.Create(property).ReadState == NullabilityState.Nullable;

    private static string JsonTypeOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return "text";
        if (type == typeof(Guid)) return "uuid";
        if (type == typeof(DateTimeOffset)) return "time";
        if (type == typeof(bool)) return "boolean";
        if (type == typeof(int) || type == typeof(long)) return "integer";
        if (!type.IsGenericType) return type.Name;

        var arguments = type.GetGenericArguments();
        return type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? $"[{JsonTypeOf(arguments[0])}]" : $"{{{JsonTypeOf(arguments[^1])}}}";
    }
}
