using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WecomBridge.Operations;
using WecomBridge.Tests.Contracts;

namespace WecomBridge.Tests.Docs;

/// <summary>The settings page, the settings file and the code say the same.</summary>
public sealed class ConfigurationDocTests
{
    private static readonly IReadOnlyList<CodeSetting> Code = SettingsCatalog.All();
    private static readonly IReadOnlyList<PageSetting> Page = SettingsPage.Read();

    [Fact]
    public void The_page_lists_every_setting_once_and_nothing_else() =>
        Page.Select(setting => setting.Path).Order(StringComparer.Ordinal).ShouldBe(Code.Select(setting => setting.Path).Order(StringComparer.Ordinal));

    [Fact]
    public void The_page_states_each_default_as_the_code_has_it() =>
        Page.Select(setting => $"{setting.Path} = {setting.Default}").Order(StringComparer.Ordinal)
            .ShouldBe(Code.Select(setting => $"{setting.Path} = {setting.Default}").Order(StringComparer.Ordinal));

    [Fact]
    public void The_page_says_what_each_setting_means() => Page.Where(setting => setting.Meaning.Length < 5).ShouldBeEmpty();

    [Fact]
    public void The_page_states_the_bounds_that_the_code_checks()
    {
        var ranged = Code.Where(setting => setting.Range is not null).ToList();
        ranged.Count.ShouldBeGreaterThan(5);
        foreach (var setting in ranged)
        {
            var bounds = SettingsPage.ReadRange(Page.Single(row => row.Path == setting.Path).Bounds).ShouldNotBeNull(setting.Path);
            var (least, most) = (setting.Range!.Minimum, setting.Range.Maximum);
            (Number(bounds.Least), Number(bounds.Most)).ShouldBe((Number(Convert.ToString(least, CultureInfo.InvariantCulture)!), Number(Convert.ToString(most, CultureInfo.InvariantCulture)!)), setting.Path);
        }
    }

    [Fact]
    public void The_settings_file_holds_every_setting_at_its_default_and_nothing_else()
    {
        var file = new List<string>();
        Flatten("", ReadFile(), file);
        file.RemoveAll(line => line.StartsWith("Logging:", StringComparison.Ordinal));
        var code = Code.Where(setting => !setting.Path.Contains("<name>", StringComparison.Ordinal) && !setting.Path.Contains("[n]", StringComparison.Ordinal))
            .Select(setting => $"{setting.Path} = {setting.Default}");

        file.Order(StringComparer.Ordinal).ShouldBe(code.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_settings_file_alone_is_a_valid_start()
    {
        using var folder = new SettingsFolder();
        var settings = folder.Read([]);

        await using var app = ServiceHost.Build(settings, "Production");

        settings.ShouldContainKeyAndValue("Callbacks:MaxBodyBytes", "262144");
        Should.NotThrow(() => app.Services.GetRequiredService<IStartupValidator>().Validate());
    }

    private static JsonNode ReadFile() => JsonNode.Parse(
        File.ReadAllText(RepositoryFiles.PathOf("src", "WecomBridge", "appsettings.json")), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!;

    private static void Flatten(string path, JsonNode? node, List<string> lines)
    {
        if (node is JsonObject { Count: > 0 } members)
        {
            foreach (var (name, member) in members) Flatten(path.Length == 0 ? name : $"{path}:{name}", member, lines);
        }
        else
        {
            lines.Add($"{path} = {node?.ToJsonString(SettingsPage.AsWritten) ?? "null"}");
        }
    }

    private static double Number(string text) =>
        text.Contains(':') ? TimeSpan.Parse(text, CultureInfo.InvariantCulture).TotalMilliseconds : double.Parse(text, CultureInfo.InvariantCulture);
}
