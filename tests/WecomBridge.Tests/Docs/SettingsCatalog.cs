using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using WecomBridge.Operations;

namespace WecomBridge.Tests.Docs;

/// <summary>One setting as the code has it.</summary>
/// <param name="Path">With <c>&lt;name&gt;</c> for a dictionary's key and <c>[n]</c> for a list's item.</param>
/// <param name="Default">As it would be written in a settings file.</param>
/// <param name="Range">Bounds that an attribute states, or null.</param>
internal sealed record CodeSetting(string Path, string Default, RangeAttribute? Range);

/// <summary>Every setting of the service, found by reflection over the options classes.</summary>
internal static class SettingsCatalog
{
    public static IReadOnlyList<CodeSetting> All()
    {
        var settings = new List<CodeSetting> { new(Roles.Key, "[]", null) };
        foreach (var type in OptionsClasses()) Walk((string)type.GetField("Section")!.GetRawConstantValue()!, type, settings);
        return settings;
    }

    private static IEnumerable<Type> OptionsClasses() => typeof(ServiceHost).Assembly.GetTypes()
        .Where(type => type.GetField("Section") is { IsLiteral: true } && type.Name.EndsWith("Options", StringComparison.Ordinal))
        .OrderBy(type => type.Name, StringComparer.Ordinal);

    private static void Walk(string path, Type type, List<CodeSetting> settings)
    {
        var instance = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
            Add($"{path}:{property.Name}", property, property.GetValue(instance), settings);
    }

    private static void Add(string path, PropertyInfo property, object? value, List<CodeSetting> settings)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (IsOptions(type))
        {
            if (value is null) settings.Add(new CodeSetting(path, "null", null));
            Walk(path, type, settings);
            return;
        }

        settings.Add(new CodeSetting(path, Write(value), property.GetCustomAttribute<RangeAttribute>()));
        if (type == typeof(string) || !type.IsAssignableTo(typeof(IEnumerable))) return;
        var item = type.GetGenericArguments()[^1];
        if (IsOptions(item)) Walk(path + (type.IsAssignableTo(typeof(IDictionary)) ? ":<name>" : ":[n]"), item, settings);
    }

    private static bool IsOptions(Type type) => type.IsClass && type.Assembly == typeof(ServiceHost).Assembly;

    /// <summary>A default as it would be written in a settings file.</summary>
    internal static string Write(object? value) => value switch
    {
        null => "null",
        string text => JsonSerializer.Serialize(text, SettingsPage.AsWritten),
        bool flag => flag ? "true" : "false",
        TimeSpan { Milliseconds: > 0 } span => $"\"{span:hh\\:mm\\:ss\\.fff}\"",
        TimeSpan span => $"\"{span:c}\"",
        Uri uri => $"\"{uri.OriginalString}\"",
        Enum word => $"\"{word}\"",
        IDictionary { Count: 0 } => "{}",
        IEnumerable items when !items.Cast<object>().Any() => "[]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"No way to write {value.GetType()}."),
    };
}
