using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;
using WecomBridge.Demo;
using WecomBridge.Operations;
using WecomBridge.Tests.Contracts;
using WecomBridge.Tests.Docs;

namespace WecomBridge.Tests.Deploy;

/// <summary>The settings that the files of <c>deploy</c> give are ones that the service starts with.</summary>
public sealed partial class DeploySettingsTests : IDisposable
{
    private const string Secrets = "/run/secrets/";
    private readonly SettingsFolder _folder = new();
    private readonly string _secrets = Directory.CreateTempSubdirectory("wb-secrets-").FullName;

    public DeploySettingsTests()
    {
        foreach (var (name, text) in new[]
        {
            ("acme_secret", "secret"), ("acme_token", "token"), ("acme_aes_key", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"), ("broker_uri", "amqp://bridge:pw@rabbit-1:5672/"), ("broker_uri_simulator", "amqp://bridge:pw@rabbit-1:5672/simulator"),
            ("state_connection", "Host=postgres;Username=bridge;Database=bridge"), ("operations_token", "0123456789abcdef0123"),
        }) File.WriteAllText(Path.Combine(_secrets, name), text);
    }

    public void Dispose()
    {
        _folder.Dispose();
        Directory.Delete(_secrets, recursive: true);
    }

    [Theory]
    [InlineData("bridge.json", "Production")]
    [InlineData("simulator.json", "Development")]
    public async Task A_settings_file_is_valid(string file, string environment) => await StartAsync(File.ReadAllText(RepositoryFiles.PathOf("deploy", "settings", file)), environment);

    [Fact]
    public async Task The_settings_in_the_Kubernetes_manifest_are_those_of_the_file()
    {
        var manifest = File.ReadAllText(RepositoryFiles.PathOf("deploy", "kubernetes", "wecombridge.yaml"));
        var settings = string.Join('\n', Inline().Match(manifest).Groups["text"].Value.Split('\n').Select(line => line.Length > 4 ? line[4..] : line)).TrimEnd();

        settings.ShouldBe(File.ReadAllText(RepositoryFiles.PathOf("deploy", "settings", "bridge.json")).TrimEnd());
        await StartAsync(settings, "Production");
    }

    [Fact]
    public async Task The_image_sets_nothing_that_a_settings_file_would_want_to_set()
    {
        var variables = Variable().Matches(File.ReadAllText(RepositoryFiles.PathOf("deploy", "Dockerfile"))).ToDictionary(match => match.Groups["key"].Value.Replace("__", ":", StringComparison.Ordinal), match => match.Groups["value"].Value.Trim('"'));
        variables.Keys.ShouldAllBe(key => key.StartsWith("Logging:Console:", StringComparison.Ordinal));
        variables["Logging:Console:FormatterName"].ShouldBe("json");

        await StartAsync(File.ReadAllText(RepositoryFiles.PathOf("deploy", "settings", "bridge.json")), "Production", variables);
    }

    [Fact]
    public void The_simulated_bridge_has_the_settings_that_the_simulator_asks_for()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.PathOf("deploy", "settings", "simulator.json")));
        var corp = json.RootElement.GetProperty("Wecom").GetProperty("Corps").GetProperty(DemoSettings.Corp);
        var app = corp.GetProperty("Apps").GetProperty(DemoSettings.App);
        var simulated = DemoSettings.Simulator(1).Corps[0];

        (corp.GetProperty("CorpId").GetString(), app.GetProperty("Secret").GetString(), app.GetProperty("Keys")[0].GetProperty("Token").GetString(), app.GetProperty("Keys")[0].GetProperty("EncodingAesKey").GetString())
            .ShouldBe((simulated.CorpId, simulated.Apps[0].Secret, simulated.Apps[0].Token, simulated.Apps[0].EncodingAesKey));
    }

    [Fact]
    public void Every_secret_that_is_named_is_listed_on_both_pages()
    {
        var named = Directory.EnumerateFiles(RepositoryFiles.PathOf("deploy"), "*.*", SearchOption.AllDirectories).SelectMany(file => SecretFile().Matches(File.ReadAllText(file))).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        named.Count.ShouldBeGreaterThan(6);
        foreach (var page in new[] { "deploy.md", "deploy.zh.md" })
        {
            var text = File.ReadAllText(RepositoryFiles.PathOf("docs", page));
            named.Where(name => !text.Contains($"`{name}`", StringComparison.Ordinal)).ShouldBeEmpty(page);
        }
    }

    private async Task StartAsync(string settings, string environment, Dictionary<string, string>? variables = null)
    {
        var read = _folder.Read([settings.Replace(Secrets, _secrets + "/", StringComparison.Ordinal)]);
        foreach (var (key, value) in variables ?? []) read[key] = value;
        read["Spool:Path"].ShouldNotBeNullOrEmpty();
        read["Spool:Path"] = Path.Combine(_secrets, "spool.db");
        await using var app = ServiceHost.Build(read, environment);
        app.Services.GetRequiredService<IOptions<WecomOptions>>().Value.Find("acme", "contact").ShouldNotBeNull();
    }

    [GeneratedRegex(@"bridge\.json: \|\n(?<text>(    .*\n)+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Inline();

    [GeneratedRegex(@"(?<key>[A-Z]\w+__\w+)=(?<value>""[^""]*""|\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"(/run/secrets/|secrets/)(?<name>[a-z_]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SecretFile();
}
