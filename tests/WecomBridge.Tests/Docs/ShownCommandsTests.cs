using System.CommandLine;
using System.Text.RegularExpressions;
using WecomBridge.Demo;
using WecomBridge.Operations;
using WecomBridge.Simulator.Scenarios;
using WecomBridge.Tests.Contracts;
using WecomBridge.Tests.Profiles;

namespace WecomBridge.Tests.Docs;

/// <summary>Commands, links and paths that the pages show exist.</summary>
public sealed partial class ShownCommandsTests
{
    private static readonly Dictionary<string, Action> Known = new(StringComparer.Ordinal)
    {
        ["dotnet run --project src/WecomBridge -- demo"] = () => IsVerb("demo"),
        ["dotnet run --project src/WecomBridge -- simulator"] = () => IsVerb("simulator"),
        ["dotnet run --project src/WecomBridge -- simulator --scenario list"] = () => IsVerb("simulator"),
        ["dotnet run --project src/WecomBridge -- simulator --scenario minute-limit"] = () => Scenario.Find("minute-limit").ShouldNotBeNull(),
        ["bash tests/run.sh"] = () => File.ReadAllText(RepositoryFiles.PathOf(".ci", "run")).ShouldContain("tests/run.sh"),
        ["dotnet publish src/WecomBridge -c Release -o bin"] = () => File.Exists(RepositoryFiles.PathOf("src", "WecomBridge", "WecomBridge.csproj")).ShouldBeTrue(),
        ["dotnet run -c Release --project tests/WecomBridge.Benchmarks -- quick"] = () => IsBenchmarkMode("\"quick\""),
        ["dotnet run -c Release --project tests/WecomBridge.Benchmarks -- load"] = () => IsBenchmarkMode("\"load\""),
        ["dotnet run -c Release --project tests/WecomBridge.Benchmarks -- greetings"] = () => IsBenchmarkMode("\"greetings\""),
        ["dotnet run -c Release --project tests/WecomBridge.Benchmarks -- --filter '*Pipeline*'"] = () => IsBenchmarkMode("BenchmarkSwitcher"),
        ["dotnet bin/WecomBridge.dll --config acme.json"] = () => IsNamedInText("acme.json"),
        ["dotnet bin/WecomBridge.dll --config acme.json --config production.json"] = () => IsNamedInText("production.json"),
        ["source <(bin/WecomBridge completion bash)"] = () => Parses("completion bash"),
        ["curl -H \"Authorization: Bearer $OPERATIONS_TOKEN\" http://127.0.0.1:9090/profiles/acme/wm1"] = () => ProfilePageTests.ShownPath.ShouldBe("/profiles/acme/wm1"),
        ["dotnet run -c Release --project tests/WecomBridge.Benchmarks -- routing"] = () => IsBenchmarkMode("\"routing\""),
        ["curl http://127.0.0.1:9090/metrics"] = () => new OperationsOptions().Url.ShouldBe("http://127.0.0.1:9090"),
        ["curl http://127.0.0.1:9090/health"] = () => new OperationsOptions().Url.ShouldBe("http://127.0.0.1:9090"),
        ["docker compose -p wecombridge -f deploy/compose.yaml up -d"] = () => IsInRepository("deploy/compose.yaml"),
        ["docker compose -p wecombridge -f deploy/compose.yaml --profile simulator up -d"] = () => IsInRepository("deploy/compose.yaml"),
        ["docker compose -p wecombridge -f deploy/compose.yaml exec -T rabbit-1 sh /permissions.sh bridge / bridge < bridge.password"] = () => IsInRepository("deploy/rabbitmq/permissions.sh"),
        ["docker compose -p wecombridge -f deploy/compose.yaml exec -T rabbit-1 sh /permissions.sh bridge simulator bridge < bridge.password"] = () => IsInRepository("deploy/rabbitmq/permissions.sh"),
        ["docker compose -p wecombridge -f deploy/compose.yaml exec -T rabbit-1 sh /permissions.sh team / crm-sales sales acme < sales.password"] = () => IsInRepository("deploy/rabbitmq/permissions.sh"),
        ["docker build -f deploy/Dockerfile -t wecombridge ."] = () => IsInRepository("deploy/Dockerfile"),
        ["kubectl create secret generic wecombridge --from-file=secrets/"] = () => IsInRepository("deploy/kubernetes/wecombridge.yaml"),
        ["kubectl apply -f deploy/kubernetes/wecombridge.yaml"] = () => IsInRepository("deploy/kubernetes/wecombridge.yaml"),
        ["dotnet publish src/WecomBridge -c Release -o /opt/wecombridge"] = () => IsInRepository("src/WecomBridge/WecomBridge.csproj"),
        ["useradd --system --home-dir /var/lib/wecombridge --shell /usr/sbin/nologin wecombridge"] = () => File.ReadAllText(RepositoryFiles.PathOf("deploy", "systemd", "wecombridge.service")).ShouldContain("User=wecombridge"),
        ["cp deploy/systemd/wecombridge.service /etc/systemd/system/"] = () => IsInRepository("deploy/systemd/wecombridge.service"),
        ["systemctl daemon-reload"] = () => IsInRepository("deploy/systemd/wecombridge.service"),
        ["systemctl enable --now wecombridge"] = () => IsInRepository("deploy/systemd/wecombridge.service"),
    };

    private const string Service = "dotnet bin/WecomBridge.dll ";

    [Fact]
    public void Every_shown_command_is_a_known_one()
    {
        var shown = MarkdownPages.All().SelectMany(page => MarkdownPages.Blocks(page, "bash")).SelectMany(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList();

        // A verb of the service is parsed as the service would; the service without a verb is among the known.
        var verbs = shown.Where(command => command.StartsWith(Service, StringComparison.Ordinal) && !Known.ContainsKey(command)).ToList();
        shown.Except(verbs).Distinct().Order(StringComparer.Ordinal).ShouldBe(Known.Keys.Order(StringComparer.Ordinal));
        foreach (var verb in verbs) Parses(verb[Service.Length..]);
        foreach (var command in shown.Except(verbs)) Known[command]();
    }

    [Fact]
    public void A_newcomer_starts_with_two_commands() =>
        MarkdownPages.Blocks(RepositoryFiles.PathOf("README.md"), "bash")[0].ShouldBe("dotnet run --project src/WecomBridge -- demo\nbash tests/run.sh\n");

    [Fact]
    public void Every_verb_and_option_named_in_the_README_exists()
    {
        var options = DemoVerb.Create().Options.Concat(SimulatorVerb.Create().Options).Select(option => option.Name).Append("--config").ToHashSet(StringComparer.Ordinal);
        var named = OptionName().Matches(File.ReadAllText(RepositoryFiles.PathOf("README.md"))).Select(match => match.Groups["name"].Value).Except(["--project"]).Distinct().ToList();

        named.ShouldNotBeEmpty();
        named.ShouldBeSubsetOf(options);
    }

    [Fact]
    public void Every_link_leads_to_a_file_or_folder()
    {
        var broken = from page in MarkdownPages.All()
                     from link in MarkdownPages.Links(page)
                     where !Exists(Path.Combine(Path.GetDirectoryName(page)!, link))
                     select $"{page}: {link}";
        broken.ShouldBeEmpty();
    }

    [Fact]
    public void Every_path_of_the_repository_in_the_pages_exists()
    {
        var broken = from page in MarkdownPages.All()
                     from path in MarkdownPages.Paths(page)
                     where !Exists(RepositoryFiles.PathOf(path))
                     select $"{page}: {path}";
        broken.ShouldBeEmpty();
    }

    /// <summary>A table often names a folder once and then only files.</summary>
    [Fact]
    public void Every_source_file_named_in_the_pages_exists()
    {
        var files = Directory.EnumerateFiles(RepositoryFiles.PathOf("src"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).ToHashSet(StringComparer.Ordinal);
        var broken = from page in MarkdownPages.All()
                     from match in SourceFile().Matches(File.ReadAllText(page))
                     let name = match.Groups["name"].Value
                     where !files.Contains(name)
                     select $"{page}: {name}";
        broken.ShouldBeEmpty();
    }

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    private static void IsBenchmarkMode(string mode) => File.ReadAllText(RepositoryFiles.PathOf("tests", "WecomBridge.Benchmarks", "Program.cs")).ShouldContain(mode);

    private static void IsVerb(string name) => new Command[] { DemoVerb.Create(), SimulatorVerb.Create() }.Select(verb => verb.Name).ShouldContain(name);

    private static void Parses(string arguments)
    {
        var parsed = Verbs.Root().Parse(arguments);
        parsed.Errors.ShouldBeEmpty();
        parsed.UnmatchedTokens.ShouldBeEmpty();
    }

    private static void IsInRepository(string path) => Exists(RepositoryFiles.PathOf(path)).ShouldBeTrue(path);

    private static void IsNamedInText(string file) => File.ReadAllText(RepositoryFiles.PathOf("README.md")).ShouldContain($"`{file}`");

    [GeneratedRegex("(?<![\\w-])(?<name>--[a-z][a-z-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OptionName();

    [GeneratedRegex("`([\\w./]+/)?(?<name>\\w[\\w.]*\\.cs)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SourceFile();
}
