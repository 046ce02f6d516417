using System.CommandLine;
using System.Text.Json;
using WecomBridge.Operations;

namespace WecomBridge.IntegrationTests.Servers;

/// <summary>Settings in a file that a test changes while a bridge runs by it, and that verbs read.</summary>
internal sealed class SettingsOnDisk
{
    private readonly string _folder;
    private readonly string _file;
    private Dictionary<string, string?> _settings;

    public SettingsOnDisk(World world, Dictionary<string, string?> settings)
    {
        // The verbs' secrets stand in the file, as only Development allows.
        Environment.SetEnvironmentVariable("ASPNETCORE_ENVIRONMENT", "Development");
        (_folder, _file, _settings) = (world.Folder, Path.Combine(world.Folder, $"settings-{Guid.NewGuid():N}.json"), settings);
        Write(JsonSerializer.Serialize(settings));
    }

    public SettingsFiles Files => SettingsSources.Watch(_folder, "Development", [_file], []);

    public IDictionary<string, string?> Read() => SettingsSources.Read(_folder, "Development", [_file], []);

    /// <summary>Whatever a person may save.</summary>
    public void Write(string text) => File.WriteAllText(_file, text);

    /// <summary>Sets these; null takes one away.</summary>
    public void Change(params (string Key, string? Value)[] changes)
    {
        _settings = new Dictionary<string, string?>(_settings, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in changes)
        {
            if (value is null) _settings.Remove(key);
            else _settings[key] = value;
        }

        Write(JsonSerializer.Serialize(_settings));
    }

    /// <summary>Runs a verb by the file.</summary>
    public async Task<(int Code, string Text)> RunAsync(params string[] verb)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var code = await Verbs.Root().Parse([.. verb, "--config", _file]).InvokeAsync(new InvocationConfiguration { Output = output });
        return (code, output.ToString());
    }
}
