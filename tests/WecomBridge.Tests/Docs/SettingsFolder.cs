using WecomBridge.Operations;
using WecomBridge.Tests.Contracts;

namespace WecomBridge.Tests.Docs;

/// <summary>A folder for settings files and data, and the settings that the service would read with them.</summary>
internal sealed class SettingsFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("wb-docs-").FullName;

    /// <summary>The defaults, then files of these texts; spool and state in this folder.</summary>
    public IDictionary<string, string?> Read(IReadOnlyList<string> files)
    {
        var paths = files.Select((text, n) => Path.Combine(_path, $"settings-{n}.json")).ToList();
        for (var n = 0; n < files.Count; n++) File.WriteAllText(paths[n], files[n]);
        var settings = SettingsSources.Read(RepositoryFiles.PathOf("src", "WecomBridge"), "Production", paths, ["--Spool:Path=" + Path.Combine(_path, "spool.db")]);
        if (settings["State:Provider"] == "Sqlite") settings["State:ConnectionString"] = "Data Source=" + Path.Combine(_path, "state.db");
        return settings;
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
