using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using WecomBridge.Operations;
using WecomBridge.Telemetry;
using WecomBridge.Tests.Contracts;
using WecomBridge.Tests.Docs;

namespace WecomBridge.Tests.Telemetry;

/// <summary>What dashboards and alerts are built on.</summary>
public sealed partial class InstrumentsTests
{
    [Fact]
    public async Task Instruments_are_those_that_were_approved()
    {
        var approved = ApprovedInstruments.Read().Select(instrument => instrument.Line).ToList();
        var found = await FindAsync();

        var gone = approved.Except(found).Select(line => $"- {line}");
        var come = found.Except(approved).Select(line => $"+ {line}");
        found.ShouldBe(approved, $"instruments.approved.txt differs. What goes (-) breaks dashboards:\n{string.Join('\n', gone.Concat(come))}\n\nThe whole:\n{string.Join('\n', found)}");
    }

    [Fact]
    public void Each_says_what_it_is_and_in_which_unit()
    {
        foreach (var instrument in ApprovedInstruments.Read())
        {
            instrument.Unit.ShouldMatch(@"^(s|By|\{[a-z_]+\})$", instrument.Name);
            instrument.Description.Length.ShouldBeGreaterThan(15, instrument.Name);
            instrument.Name.ShouldMatch("^(wecombridge|messaging)[.a-z_]+$");
        }
    }

    [Theory]
    [InlineData("metrics.md")]
    public void The_page_lists_each_with_its_name_for_Prometheus(string page)
    {
        var listed = Row().Matches(File.ReadAllText(RepositoryFiles.PathOf("docs", page))).Select(row => (row.Groups["name"].Value, row.Groups["kind"].Value, row.Groups["shown"].Value));

        listed.Order().ShouldBe(ApprovedInstruments.Read().Select(instrument => (instrument.Name, instrument.Kind, instrument.Shown)).Order());
    }

    /// <summary>All instruments of the service with every feature and RabbitMQ, as they are made.</summary>
    private static async Task<List<string>> FindAsync()
    {
        var found = new ConcurrentBag<string>();
        await StartAsync("Embedded", found);
        await StartAsync("RabbitMq", found);
        return [.. found.Distinct().Order(StringComparer.Ordinal)];
    }

    private static async Task StartAsync(string transport, ConcurrentBag<string> found)
    {
        using var folder = new SettingsFolder();
        var settings = folder.Read([]);
        (settings["Broker:Transport"], settings["Broker:Uri"], settings["Operations:Url"], settings["urls"]) = (transport, "amqp://127.0.0.1:1/", "", "http://127.0.0.1:0");
        await using var app = ServiceHost.Build(settings, "Development");
        var meters = app.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == Meters.Bridge && instrument.Meter.Scope == meters) found.Add(ApprovedInstruments.Describe(instrument));
            },
        };
        listener.Start();
        await app.StartAsync();
        Touch(app);
        await app.StopAsync();
    }

    /// <summary>Makes what is made only when it is first needed.</summary>
    private static void Touch(WebApplication app)
    {
        foreach (var type in typeof(ServiceHost).Assembly.GetTypes().Where(type => type.Name.EndsWith("Metrics", StringComparison.Ordinal))) app.Services.GetService(type);
        app.Services.GetServices<WecomBridge.Wecom.Api.IWecomInterceptor>().ShouldNotBeEmpty();
    }

    [GeneratedRegex(@"^\| `(?<name>(wecombridge|messaging)\.[^`]+)` \| (?<kind>counter|gauge|histogram) \| `(?<shown>[^`]+)` \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Row();
}

/// <summary>One line of the approved list.</summary>
internal sealed record ApprovedInstrument(string Line)
{
    public string Name => Line.Split(" | ")[0];

    public string Kind => Line.Split(" | ")[1];

    public string Unit => Line.Split(" | ")[2];

    public string Description => Line.Split(" | ")[3];

    /// <summary>Its name at <c>/metrics</c>.</summary>
    public string Shown => PrometheusText.NameOf(Name, Unit, Enum.Parse<MetricKind>(Kind, ignoreCase: true));
}

internal static class ApprovedInstruments
{
    public static IReadOnlyList<ApprovedInstrument> Read() =>
        [.. File.ReadAllLines(RepositoryFiles.PathOf("tests", "WecomBridge.Tests", "Telemetry", "instruments.approved.txt")).Where(line => line.Length > 0).Select(line => new ApprovedInstrument(line))];

    public static string Describe(Instrument instrument) => $"{instrument.Name} | {instrument.KindOf().ToString().ToLowerInvariant()} | {instrument.Unit} | {instrument.Description}";
}
