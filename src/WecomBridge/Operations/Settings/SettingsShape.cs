using System.ComponentModel;
using System.Globalization;
using System.Reflection;

namespace WecomBridge.Operations;

/// <summary>Holds settings against the options classes: unknown names, values where lists belong and lists where values do, and what cannot be read as what it should be.</summary>
internal static class SettingsShape
{
    /// <summary>Sections and settings that are .NET's own.</summary>
    private static readonly HashSet<string> Foreign = new(StringComparer.OrdinalIgnoreCase)
    {
        "$schema", "Logging", "Kestrel", "AllowedHosts", "ConnectionStrings", "Metrics", "HostOptions", "ForwardedHeaders_Enabled",
        "urls", "http_ports", "https_ports", "https_port", "environment", "applicationName", "contentRoot", "webroot", "detailedErrors", "captureStartupErrors",
        "hostingStartupAssemblies", "hostingStartupExcludeAssemblies", "preferHostingUrls", "preventHostingStartup", "shutdownTimeoutSeconds", "suppressStatusMessages", "staticWebAssets",
    };

    /// <summary>Begins the settings of OpenTelemetry's own SDK, such as <c>OTEL_BSP_SCHEDULE_DELAY</c>.</summary>
    private const string OpenTelemetry = "OTEL_";

    /// <summary>Names at the top that are .NET's own.</summary>
    public static IReadOnlyCollection<string> ForeignNames => Foreign;

    /// <summary>Everything of the kind, in the whole of the settings.</summary>
    public static IReadOnlyList<SettingsFault> Find(IDictionary<string, string?> settings) => Find(settings, [.. Environment.GetEnvironmentVariables().Keys.Cast<string>()]);

    /// <inheritdoc cref="Find(IDictionary{string, string})" />
    internal static IReadOnlyList<SettingsFault> Find(IDictionary<string, string?> settings, IReadOnlyCollection<string> variables)
    {
        var isVariable = variables.Select(name => name.Replace("__", ":", StringComparison.Ordinal)).ToHashSet(StringComparer.OrdinalIgnoreCase).Contains;
        var faults = new List<SettingsFault>();
        var root = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        foreach (var section in root.GetChildren())
        {
            // A variable of somebody else that happens to have a section's name, such as STATE; nothing reads it.
            if (section.Value is not null && isVariable(section.Key)) section.Value = null;
            if (SettingsModel.Sections.TryGetValue(section.Key, out var type)) Compare(section, type, faults);
            else if (section.Key.Equals(Roles.Key, StringComparison.OrdinalIgnoreCase)) Compare(section, typeof(List<Role>), faults);
            else CheckStranger(section, isVariable, faults);
        }

        return faults;
    }

    /// <summary>The settings without what is at fault, so that the rest can be checked as well.</summary>
    public static Dictionary<string, string?> Without(IDictionary<string, string?> settings, IReadOnlyList<SettingsFault> faults) =>
        settings.Where(setting => !faults.Any(fault => IsAtOrBelow(setting.Key, fault.Path))).ToDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>A path is another or lies inside it.</summary>
    public static bool IsAtOrBelow(string path, string other) =>
        path.StartsWith(other, StringComparison.OrdinalIgnoreCase) && (path.Length == other.Length || path[other.Length] == ':');

    /// <summary>Compares a section with its type.</summary>
    public static void Compare(IConfigurationSection section, Type type, List<SettingsFault> faults)
    {
        // The binder passes over a text where a list belongs, and a list where a text does: a condition would be taken for absent.
        var isValue = !string.IsNullOrEmpty(section.Value);
        if (SettingsModel.ItemType(type) is { } itemType)
        {
            if (isValue) faults.Add(Fault(section, "must be a list or hold names, not a single value."));
            foreach (var child in section.GetChildren()) Compare(child, itemType, faults);
        }
        else if (!SettingsModel.IsOptions(type))
        {
            if (section.GetChildren().Any()) faults.Add(Fault(section, "must be a single value."));
            else if (FindConversionFault(section, type) is { } fault) faults.Add(fault);
        }
        else
        {
            if (isValue) faults.Add(Fault(section, "must hold settings, not a single value."));
            foreach (var child in section.GetChildren())
            {
                if (SettingsModel.Find(type, child.Key) is { } property) Compare(child, property.PropertyType, faults);
                else if (type.GetCustomAttribute<OnlyTheseAttribute>() is { Why: var why }) faults.Add(new SettingsFault(child.Path, $"{child.Path} cannot be used here: {why}."));
                else faults.Add(new SettingsFault(child.Path, $"{child.Path} is not a setting.") { Remedy = NearestWord.Hint(child.Key, SettingsModel.Of(type).Select(known => known.Name)) });
            }
        }
    }

    /// <summary>A section that nothing reads. Environment variables are all settings to .NET: those of others are let be, unless they all but name a section.</summary>
    private static void CheckStranger(IConfigurationSection section, Func<string, bool> isVariable, List<SettingsFault> faults)
    {
        if (Foreign.Contains(section.Key) || section.Key.StartsWith(OpenTelemetry, StringComparison.OrdinalIgnoreCase) || SettingsModel.Sections.Keys.Any(name => name.StartsWith(section.Key + ":", StringComparison.OrdinalIgnoreCase))) return;
        var hint = NearestWord.Hint(section.Key, [.. SettingsModel.Sections.Keys, Roles.Key]);
        var leaves = section.AsEnumerable().Where(setting => setting.Value is not null).Select(setting => setting.Key).ToList();
        var isEnvironment = leaves.TrueForAll(leaf => isVariable(leaf));
        if (leaves.Count == 0 || (isEnvironment && (hint is null || leaves.Exists(leaf => !leaf.Contains(':'))))) return;
        faults.Add(new SettingsFault(section.Path, $"{section.Path} is no section of settings.") { Remedy = hint });
    }

    private static SettingsFault? FindConversionFault(IConfigurationSection section, Type type)
    {
        var bare = SettingsModel.Bare(type);
        if (section.Value is not { } value || bare == typeof(string) || (value.Length == 0 && bare != type)) return null;
        if (bare.IsEnum)
        {
            var words = Enum.GetNames(bare);
            return words.Contains(value, StringComparer.OrdinalIgnoreCase) ? null : Fault(section, $"must be one of {string.Join(", ", words)}.") with { Remedy = NearestWord.Hint(value, words) };
        }

        try
        {
            TypeDescriptor.GetConverter(bare).ConvertFromString(null, CultureInfo.InvariantCulture, value);
            return null;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            return Fault(section, $"must be {Kind(bare)}.");
        }
    }

    private static SettingsFault Fault(IConfigurationSection section, string rule) =>
        new(section.Path, $"{section.Path} {rule}") { Value = string.IsNullOrEmpty(section.Value) ? null : SettingsModel.Shown(section.Path, section.Value) };

    private static string Kind(Type type) => type.Name switch
    {
        nameof(TimeSpan) => "a time such as 00:00:05, 00:00:01.500 or 7.00:00:00",
        nameof(Boolean) => "true or false",
        nameof(Double) => "a number such as 0.9",
        nameof(Uri) => "an address",
        _ => "a whole number",
    };
}
