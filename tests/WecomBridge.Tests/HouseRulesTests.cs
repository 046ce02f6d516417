using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.Logging;
using WecomBridge.Contracts;
using WecomBridge.Operations;
using WecomBridge.Tests.Contracts;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests;

/// <summary>Rules of this house for which there is no analyzer.</summary>
public sealed partial class HouseRulesTests
{
    private static readonly Assembly Service = typeof(ServiceHost).Assembly;

    private static readonly Dictionary<string, Range> LogIds = new(StringComparer.Ordinal)
    {
        ["Callbacks"] = 1000..2000,
        ["Welcome"] = 2000..3000,
        ["Tags"] = 3000..4000,
        ["Profiles"] = 4000..5000,
        ["Crm"] = 5000..6000,
        ["Broker"] = 6000..6100,
        ["Spool"] = 6100..6200,
        ["Routing"] = 6200..6300,
        ["DeadLetters"] = 6300..6400,
        ["Calls"] = 7000..8000,
        ["State"] = 8000..8500,
        ["Work"] = 8500..9000,
        ["Operations"] = 9000..9500,
        ["Groups"] = 9500..9999,
    };

    [Fact]
    public void Log_event_ids_are_unique() =>
        LogEvents().GroupBy(log => log.Id).Where(group => group.Count() > 1).Select(group => string.Join(", ", group.Select(log => $"{log.Id} {log.Class}.{log.Method}"))).ShouldBeEmpty();

    [Fact]
    public void Log_event_ids_lie_in_the_range_of_their_feature()
    {
        var events = LogEvents().ToList();
        events.Count.ShouldBeGreaterThan(20);
        events.Where(log => !LogIds.TryGetValue(log.Feature, out var range) || log.Id < range.Start.Value || log.Id >= range.End.Value)
            .Select(log => $"{log.Id} {log.Feature}.{log.Class}.{log.Method}").ShouldBeEmpty();
    }

    [Fact]
    public void The_services_types_are_internal() =>
        Service.GetTypes().Where(type => type.IsVisible && type.Namespace?.StartsWith("WecomBridge", StringComparison.Ordinal) == true).ShouldBeEmpty();

    [Fact]
    public void The_contracts_reference_nothing_but_the_framework()
    {
        References(typeof(CloudEvent).Assembly).Where(name => !name.StartsWith("System.", StringComparison.Ordinal)).ShouldBeEmpty();
        var project = XDocument.Load(RepositoryFiles.PathOf("src", "WecomBridge.Contracts", "WecomBridge.Contracts.csproj"));
        project.Descendants().Where(element => element.Name.LocalName is "PackageReference" or "ProjectReference").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("WecomBridge.Wecom", "WecomBridge.Contracts")]
    [InlineData("WecomBridge.Wecom", "MassTransit")]
    [InlineData("WecomBridge.Wecom", "Microsoft.AspNetCore")]
    [InlineData("WecomBridge.Contracts", "WecomBridge.Wecom")]
    [InlineData("WecomBridge.Simulator", "WecomBridge.Contracts")]
    public void A_library_does_not_know(string library, string other)
    {
        var assembly = library switch
        {
            "WecomBridge.Wecom" => typeof(IWecomClient).Assembly,
            "WecomBridge.Contracts" => typeof(CloudEvent).Assembly,
            _ => typeof(global::WecomBridge.Simulator.WecomSimulator).Assembly,
        };
        References(assembly).Where(name => name.StartsWith(other, StringComparison.Ordinal)).ShouldBeEmpty();
        Sources(library).Where(source => Uses(source, other)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Tags")]
    [InlineData("Welcome")]
    [InlineData("Profiles")]
    [InlineData("Groups")]
    public void A_feature_does_not_use_another(string feature)
    {
        var others = new[] { "Tags", "Welcome", "Profiles", "Groups" }.Where(other => other != feature).ToList();
        var sources = Sources("WecomBridge", feature).ToList();
        sources.ShouldNotBeEmpty();
        sources.Where(source => others.Exists(other => Uses(source, "WecomBridge." + other))).ShouldBeEmpty();
    }

    [Fact]
    public void No_file_is_named_for_being_left_over() =>
        Directory.EnumerateFiles(RepositoryFiles.PathOf("src"), "*.cs", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Where(name => LeftOver().IsMatch(name)).ShouldBeEmpty();

    [Fact]
    public void Nothing_but_the_program_and_its_settings_stands_loose_in_a_project() =>
        new DirectoryInfo(RepositoryFiles.PathOf("src", "WecomBridge")).EnumerateFiles().Select(file => file.Name).Where(name => !name.EndsWith(".user", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).ShouldBe(["Program.cs", "WecomBridge.csproj", "appsettings.json", "packages.lock.json"]);

    private static IEnumerable<(int Id, string Feature, string Class, string Method)> LogEvents() =>
        from type in Service.GetTypes().Concat(typeof(IWecomClient).Assembly.GetTypes())
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
        where attribute is not null
        select (attribute.EventId, type.Namespace!.Split('.')[1], type.Name, method.Name);

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(reference => reference.Name!);

    private static IEnumerable<string> Sources(params string[] folder) =>
        Directory.EnumerateFiles(RepositoryFiles.PathOf(["src", .. folder]), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    private static bool Uses(string source, string name) => Regex.IsMatch(File.ReadAllText(source), $@"(^|\W){Regex.Escape(name)}[.;]", RegexOptions.None, TimeSpan.FromSeconds(1));

    [GeneratedRegex("Helper|Util|Common|Manager|Misc", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LeftOver();
}
