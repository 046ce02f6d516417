using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;

namespace WecomBridge.Operations;

/// <summary>All settings as the options classes have them.</summary>
internal static partial class SettingsModel
{
    private const BindingFlags Settable = BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase;

    private static readonly HashSet<string> SecretNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "Secret", "Token", "EncodingAesKey", "Bearer", "Password", "ClientSecret", "ConnectionString", "Uri", "ManagementUrl", "Headers",
    };

    /// <summary>Sections with their options class, by name; a name may be a path.</summary>
    public static IReadOnlyDictionary<string, Type> Sections { get; } = typeof(SettingsModel).Assembly.GetTypes()
        .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type.GetField("Section") is { IsLiteral: true })
        .ToDictionary(type => (string)type.GetField("Section")!.GetRawConstantValue()!, StringComparer.OrdinalIgnoreCase);

    /// <summary>The setting of an options class, whatever the case of its name; null when there is none.</summary>
    public static PropertyInfo? Find(Type options, string name) => options.GetProperty(name, Settable) is { CanWrite: true } property ? property : null;

    /// <summary>The settings of an options class.</summary>
    public static IEnumerable<PropertyInfo> Of(Type options) => options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite);

    /// <summary>What a list or dictionary holds; null for anything else.</summary>
    public static Type? ItemType(Type type)
    {
        if (type == typeof(string) || !type.IsAssignableTo(typeof(IEnumerable))) return null;
        return type.GetGenericArguments() is [.., var last] ? last : null;
    }

    public static bool IsOptions(Type type) => type.IsClass && type.Assembly == typeof(SettingsModel).Assembly;

    /// <summary>The type of a single value, without the question mark.</summary>
    public static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    /// <summary>The type of the setting at a path such as <c>Welcome:Rules:0:Name</c>; null when there is none.</summary>
    public static Type? TypeAt(string path)
    {
        if (path.StartsWith(Roles.Key + ":", StringComparison.OrdinalIgnoreCase)) return typeof(Role);
        var section = Sections.Keys.Where(name => path.Equals(name, StringComparison.OrdinalIgnoreCase) || path.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).MaxBy(name => name.Length);
        if (section is null) return null;
        var type = Sections[section];
        foreach (var name in path[section.Length..].Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = ItemType(type) ?? (IsOptions(type) ? Find(type, name)?.PropertyType : null);
            if (next is null) return null;
            type = next;
        }

        return Bare(type);
    }

    /// <summary>What stands at the path is never shown, unless it only names where a secret is.</summary>
    public static bool IsSecret(string path)
    {
        var names = path.Split(':');
        return SecretNames.Contains(names[^1]) || (names.Length > 1 && (names[^2], names[^1]) is ("Headers", _) or ("ApiKey", "Value"));
    }

    /// <summary>A value as it may be shown: in quotes, in one line, cut; secrets masked, also name and password inside an address.</summary>
    public static string Shown(string path, string value)
    {
        const int most = 60;
        if (value.Length > 0 && IsSecret(path) && SecretText.IsInline(value)) return "***";
        // Masked before the cut, which could take the sign away that the password ends with.
        var line = UserInfo().Replace(value.ReplaceLineEndings(" "), "***@");
        return $"\"{(line.Length > most ? line[..most] + "…" : line)}\"";
    }
    /// <summary>From an address's slashes to the last <c>@</c>: a password that should have been percent-encoded may hold slashes and blanks.</summary>
    [GeneratedRegex("(?<=:/+)[^/].*@", RegexOptions.None, 1000)]
    private static partial Regex UserInfo();
}
