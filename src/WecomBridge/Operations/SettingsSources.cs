using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace WecomBridge.Operations;

/// <summary>Reads settings in the documented order, later wins, and takes each list whole from the last source that names it.</summary>
/// <remarks>.NET merges lists by index: a shorter list in a later file would keep the tail of an earlier one, and greet customers with it.</remarks>
internal static class SettingsSources
{
    /// <summary>Names more settings files, separated by <c>;</c>; read before those of <c>--config</c>.</summary>
    public const string FilesVariable = "WECOMBRIDGE_CONFIG";

    /// <summary>All sources as one flat set of keys.</summary>
    /// <param name="contentRoot">Folder of <c>appsettings.json</c>: the executable's.</param>
    /// <param name="environment">Environment name, such as <c>Production</c>.</param>
    /// <param name="files">Further files, relative to the working directory; each must exist.</param>
    /// <param name="arguments">Command line, <c>--Section:Key=value</c>.</param>
    /// <exception cref="FileNotFoundException">A named file does not exist.</exception>
    /// <exception cref="SettingsException">Files that cannot be read; each with line and column.</exception>
    public static IDictionary<string, string?> Read(string contentRoot, string environment, IReadOnlyList<string> files, string[] arguments) =>
        Merge(ReadEach(contentRoot, environment, files, arguments).Select(source => source.Values));

    /// <summary>The sources one by one, in order, each with its name: a file, <c>environment</c> or <c>command line</c>.</summary>
    /// <inheritdoc cref="Read" path="/param" />
    /// <inheritdoc cref="Read" path="/exception" />
    public static IReadOnlyList<(string Name, Dictionary<string, string?> Values)> ReadEach(string contentRoot, string environment, IReadOnlyList<string> files, string[] arguments)
    {
        List<string> paths = [.. OwnFiles(contentRoot, environment).Where(File.Exists)];
        foreach (var file in NamedFiles(files)) paths.Add(File.Exists(file) ? Path.GetFullPath(file) : throw new FileNotFoundException($"The settings file {file} does not exist.", file));

        var faults = paths.Select(SettingsFileFault.Find).OfType<SettingsFault>().ToList();
        if (faults.Count > 0) throw new SettingsException(faults);
        return
        [
            .. paths.Select(path => (path, Flatten(Json(path)))),
            ("environment", Flatten(new EnvironmentVariablesConfigurationSource())),
            ("command line", Flatten(new CommandLineConfigurationSource { Args = arguments })),
        ];
    }

    /// <summary>The files that <see cref="Read"/> would read, and how to read again.</summary>
    public static SettingsFiles Watch(string contentRoot, string environment, IReadOnlyList<string> files, string[] arguments) =>
        new([.. OwnFiles(contentRoot, environment), .. NamedFiles(files).Select(Path.GetFullPath)], () => Read(contentRoot, environment, files, arguments));

    private static IEnumerable<string> OwnFiles(string contentRoot, string environment) =>
        [Path.Combine(contentRoot, "appsettings.json"), Path.Combine(contentRoot, $"appsettings.{environment}.json")];

    private static IEnumerable<string> NamedFiles(IReadOnlyList<string> files) =>
        (Environment.GetEnvironmentVariable(FilesVariable) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Concat(files);

    /// <summary>Lays flat sources over each other.</summary>
    internal static Dictionary<string, string?> Merge(IEnumerable<IReadOnlyDictionary<string, string?>> sources)
    {
        var merged = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var source in sources)
        {
            foreach (var list in Lists(source)) Remove(merged, list);
            foreach (var (key, value) in source) merged[key] = value;
        }

        return merged;
    }

    /// <summary>Paths that a source gives a list for: those with a child named <c>0</c>, and empty lists, which JSON leaves as an empty value.</summary>
    private static IEnumerable<string> Lists(IReadOnlyDictionary<string, string?> source)
    {
        foreach (var (key, value) in source)
        {
            if (string.IsNullOrEmpty(value)) yield return key;
            for (var at = key.IndexOf(":0", StringComparison.Ordinal); at >= 0; at = key.IndexOf(":0", at + 1, StringComparison.Ordinal))
            {
                if (at + 2 == key.Length || key[at + 2] == ':') yield return key[..at];
            }
        }
    }

    private static void Remove(Dictionary<string, string?> merged, string list)
    {
        foreach (var key in merged.Keys.Where(key => key.StartsWith(list + ":", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            // Only elements of the list: an empty value may also stand for an empty section, whose members stay.
            if (char.IsAsciiDigit(key[list.Length + 1])) merged.Remove(key);
        }
    }

    private static JsonConfigurationSource Json(string path)
    {
        var source = new JsonConfigurationSource { Path = path };
        source.ResolveFileProvider();
        return source;
    }

    private static Dictionary<string, string?> Flatten(IConfigurationSource source)
    {
        using var root = (ConfigurationRoot)new ConfigurationBuilder().Add(source).Build();
        return root.AsEnumerable().Where(pair => pair.Value is not null || !root.GetSection(pair.Key).GetChildren().Any()).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Makes these settings the only ones a host reads.</summary>
    /// <returns>The settings, to be replaced when files change.</returns>
    public static LiveSettings Use(IConfigurationManager configuration, IDictionary<string, string?> settings)
    {
        var live = new LiveSettings(settings);
        configuration.Sources.Clear();
        configuration.Sources.Add(live);
        return live;
    }
}
