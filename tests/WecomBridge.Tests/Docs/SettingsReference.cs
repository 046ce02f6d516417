using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using WecomBridge.Contracts;
using WecomBridge.Operations;
using WecomBridge.Rules;
using WecomBridge.Welcome;

namespace WecomBridge.Tests.Docs;

/// <summary>The two files that show every setting, written from the options classes and their comments: the commented reference and the schema for editors.</summary>
internal static class SettingsReference
{
    private const int Width = 150;

    private static readonly string[] Order = ["Wecom", "Callbacks", "Broker", "Routing", "Spool", "State", "Work", "Welcome", "Tags", "Profiles", "Crm", "Operations"];

    private static readonly Dictionary<string, string> Comments = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "WecomBridge.xml"), LoadOptions.PreserveWhitespace).Descendants("member")
        .Where(member => member.Element("summary") is not null).ToDictionary(member => member.Attribute("name")!.Value, member => Text(member.Element("summary")!), StringComparer.Ordinal);

    private static IEnumerable<KeyValuePair<string, Type>> Sections => SettingsModel.Sections
        .OrderBy(section => Array.IndexOf(Order, section.Key) is >= 0 and var at ? at : Order.Length).ThenBy(section => section.Key, StringComparer.Ordinal);

    /// <summary>Settings without a word about what they mean.</summary>
    public static IReadOnlyList<string> WithoutComment() =>
        [.. SettingsModel.Sections.Values.SelectMany(Reachable).Distinct().SelectMany(SettingsModel.Of).Where(property => CommentOf(property).Length == 0).Select(property => $"{property.DeclaringType!.Name}.{property.Name}")];

    /// <summary><c>src/WecomBridge/appsettings.json</c>.</summary>
    public static string WriteFile()
    {
        var file = new StringBuilder();
        Comment(file, "", "Every setting at its default; lists and dictionaries are empty. docs/configuration.md says what stands inside them, appsettings.schema.json beside this file tells editors.");
        Comment(file, "", "Leave this file alone and give your own with --config PATH: later sources win, and a list is taken whole from the last source that names it.");
        file.Append("{\n");
        Comment(file, "  ", $"{RolesComment} Default: all.");
        file.Append("  \"Roles\": [],\n");
        foreach (var (section, type) in Sections)
        {
            Comment(file, "  ", Comments[$"T:{type.FullName}"]);
            file.Append($"  \"{section}\": ");
            WriteObject(file, "  ", type);
            file.Append(",\n");
        }

        Comment(file, "  ", ".NET's own; the web server's line for every request is left out.");
        return file.Append("  \"Logging\": {\n    \"LogLevel\": {\n      \"Default\": \"Information\",\n      \"Microsoft.AspNetCore\": \"Warning\"\n    }\n  }\n}\n").ToString();
    }

    /// <summary><c>docs/appsettings.schema.json</c>.</summary>
    public static string WriteSchema()
    {
        var definitions = new JsonObject();
        var properties = new JsonObject();
        foreach (var name in SettingsShape.ForeignNames.Order(StringComparer.Ordinal)) properties[name] = new JsonObject();
        properties[Roles.Key] = new JsonObject { ["description"] = RolesComment, ["type"] = "array", ["items"] = Words(typeof(Role)), ["default"] = new JsonArray() };
        foreach (var (section, type) in Sections) properties[section] = Schema(type, definitions).With("description", Comments[$"T:{type.FullName}"]);
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Settings of WecomBridge",
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
            ["definitions"] = new JsonObject(definitions.OrderBy(definition => definition.Key, StringComparer.Ordinal).Select(definition => KeyValuePair.Create(definition.Key, definition.Value?.DeepClone()))),
        };
        return schema.ToJsonString(new JsonSerializerOptions(SettingsPage.AsWritten) { WriteIndented = true, NewLine = "\n" }) + "\n";
    }

    private static string RolesComment => $"What this instance does: any of {string.Join(", ", Enum.GetNames<Role>())}.";

    private static void WriteObject(StringBuilder file, string indent, Type type)
    {
        var instance = Activator.CreateInstance(type)!;
        file.Append("{\n");
        var inner = indent + "  ";
        var rest = SettingsModel.Of(type).ToList();
        foreach (var property in rest)
        {
            Comment(file, inner, CommentOf(property));
            file.Append($"{inner}\"{property.Name}\": ");
            if (SettingsModel.IsOptions(property.PropertyType) && property.GetValue(instance) is not null) WriteObject(file, inner, property.PropertyType);
            else file.Append(SettingsCatalog.Write(property.GetValue(instance)));
            file.Append(property == rest[^1] ? "\n" : ",\n");
        }

        file.Append(indent).Append('}');
    }

    private static JsonObject Schema(Type type, JsonObject definitions)
    {
        if (SettingsModel.ItemType(type) is { } item)
            return type.Name.StartsWith("Dictionary", StringComparison.Ordinal) ? new JsonObject { ["type"] = "object", ["additionalProperties"] = Schema(item, definitions) } : new JsonObject { ["type"] = "array", ["items"] = Schema(item, definitions) };
        if (!SettingsModel.IsOptions(type)) return Value(type);
        if (!definitions.ContainsKey(type.Name))
        {
            definitions[type.Name] = null;
            var instance = Activator.CreateInstance(type)!;
            var properties = new JsonObject();
            foreach (var property in SettingsModel.Of(type)) properties[property.Name] = Property(property, property.GetValue(instance), definitions);
            definitions[type.Name] = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        }

        return new JsonObject { ["allOf"] = new JsonArray(new JsonObject { ["$ref"] = $"#/definitions/{type.Name}" }) };
    }

    private static JsonObject Property(PropertyInfo property, object? value, JsonObject definitions)
    {
        var schema = Schema(SettingsModel.Bare(property.PropertyType), definitions);
        var isNullable = new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
        if (isNullable && schema["type"] is { } type) schema["type"] = new JsonArray(type.DeepClone(), "null");
        if (isNullable && schema["enum"] is JsonArray words) words.Add(null);
        if (isNullable && schema.ContainsKey("allOf")) schema = new JsonObject { ["anyOf"] = new JsonArray(schema["allOf"]![0]!.DeepClone(), new JsonObject { ["type"] = "null" }) };
        if (property.GetCustomAttribute<System.ComponentModel.DataAnnotations.RangeAttribute>() is { OperandType.IsPrimitive: true } range)
            schema.With("minimum", JsonSerializer.SerializeToNode(range.Minimum)).With("maximum", JsonSerializer.SerializeToNode(range.Maximum));
        if (!SettingsModel.IsOptions(property.PropertyType)) schema["default"] = JsonNode.Parse(SettingsCatalog.Write(value));
        return schema.With("description", CommentOf(property));
    }

    private static JsonObject Value(Type type) => type switch
    {
        { IsEnum: true } => Words(type),
        _ when type == typeof(bool) => new JsonObject { ["type"] = "boolean" },
        _ when type == typeof(int) || type == typeof(long) => new JsonObject { ["type"] = "integer" },
        _ when type == typeof(double) => new JsonObject { ["type"] = "number" },
        _ when type == typeof(TimeSpan) => new JsonObject { ["type"] = "string", ["pattern"] = @"^(\d+\.)?\d{1,2}:\d{2}:\d{2}(\.\d+)?$" },
        _ => new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Words(Type type) => new() { ["enum"] = new JsonArray([.. Enum.GetNames(type).Select(name => (JsonNode)name)]) };

    private static JsonObject With(this JsonObject schema, string name, JsonNode? value)
    {
        schema[name] = value;
        return schema;
    }

    /// <summary>The options classes below one.</summary>
    private static IEnumerable<Type> Reachable(Type type) =>
        SettingsModel.Of(type).Select(property => SettingsModel.ItemType(property.PropertyType) ?? property.PropertyType).Where(SettingsModel.IsOptions).SelectMany(Reachable).Append(type);

    /// <summary>That of the setting, else that of its class; the words of an enumeration after it.</summary>
    private static string CommentOf(PropertyInfo property)
    {
        var type = SettingsModel.Bare(property.PropertyType);
        var comment = Comments.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}") ?? Comments.GetValueOrDefault($"T:{type.FullName}") ?? "";
        return type.IsEnum && comment.Length > 0 ? $"{comment} Words: {string.Join(", ", Enum.GetNames(type))}." : comment;
    }

    private static string Text(XElement summary) => string.Join(' ', string.Concat(summary.Nodes().Select(Text)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } reference when reference.Attribute("cref")?.Value is { } name => name[(name.LastIndexOf('.') + 1)..] switch
        {
            nameof(FactOps) => string.Join(", ", FactOps.All),
            nameof(AddWays) => string.Join(", ", typeof(AddWays).GetFields().Select(field => field.GetRawConstantValue())),
            nameof(StaffNoticeFields) => string.Join(", ", StaffNoticeFields.Example.SelectMany(group => group.Value.Keys.Select(field => $"{group.Key}.{field}"))),
            var last => last,
        },
        XElement element => string.Concat(element.Nodes().Select(Text)),
        _ => "",
    };

    private static void Comment(StringBuilder file, string indent, string text)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && indent.Length + 3 + line.Length + word.Length > Width) End();
            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        End();

        void End()
        {
            file.Append($"{indent}// {line}\n");
            line.Clear();
        }
    }
}
