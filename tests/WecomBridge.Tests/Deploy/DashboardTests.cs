using System.Text.Json;
using System.Text.RegularExpressions;
using WecomBridge.Tests.Contracts;
using WecomBridge.Tests.Telemetry;

namespace WecomBridge.Tests.Deploy;

/// <summary>Dashboard and alert rules ask for metrics that there are.</summary>
public sealed partial class DashboardTests
{
    /// <summary>Those of .NET and RabbitMQ that are used; an integration test finds the first at <c>/metrics</c>.</summary>
    private static readonly string[] OfOthers = ["dotnet_process_cpu_time_seconds_total", "dotnet_process_memory_working_set_bytes", "rabbitmq_detailed_queue_messages"];

    private static readonly string Alerts = File.ReadAllText(RepositoryFiles.PathOf("deploy", "prometheus", "alerts.yaml"));

    [Fact]
    public void Every_metric_asked_for_exists() => NamesIn([.. Queries(), .. Expressions()]).Except(Known()).ShouldBeEmpty();

    [Fact]
    public void Every_instrument_of_ours_is_on_the_dashboard()
    {
        var shown = NamesIn(Queries());
        ApprovedInstruments.Read().Where(instrument => !Series(instrument).Any(shown.Contains)).Select(instrument => instrument.Name).ShouldBeEmpty();
    }

    [Fact]
    public void A_label_that_is_asked_for_is_one_that_the_instrument_has()
    {
        foreach (var (metric, label) in Expressions().Concat(Queries()).SelectMany(query => Selector().Matches(query)).SelectMany(match => Label().Matches(match.Groups["labels"].Value).Select(label => (match.Groups["metric"].Value, label.Groups["name"].Value))))
        {
            var instrument = ApprovedInstruments.Read().FirstOrDefault(one => Series(one).Contains(metric));
            if (instrument is not null) instrument.Description.ShouldContain(label, customMessage: $"{metric} has no {label}");
        }
    }

    [Fact]
    public void The_dashboard_is_one_that_Grafana_takes()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.PathOf("deploy", "grafana", "dashboard.json")));
        var panels = json.RootElement.GetProperty("panels").EnumerateArray().ToList();

        json.RootElement.GetProperty("uid").GetString().ShouldBe("wecombridge");
        json.RootElement.GetProperty("schemaVersion").GetInt32().ShouldBeGreaterThan(30);
        panels.Select(panel => panel.GetProperty("id").GetInt32()).ShouldBeUnique();
        panels.ShouldAllBe(panel => panel.GetProperty("title").GetString()!.Length > 2 && panel.GetProperty("gridPos").GetProperty("x").GetInt32() + panel.GetProperty("gridPos").GetProperty("w").GetInt32() <= 24);
        panels.Where(panel => panel.GetProperty("type").GetString() != "row").ShouldAllBe(panel => panel.GetProperty("targets").GetArrayLength() > 0 && panel.GetProperty("datasource").GetProperty("uid").GetString() == "prometheus");
    }

    [Theory]
    [InlineData("runbook.md")]
    [InlineData("runbook.zh.md")]
    public void Every_alert_has_its_section_in_the_runbook(string page)
    {
        var text = File.ReadAllText(RepositoryFiles.PathOf("docs", page));
        var anchors = Heading().Matches(File.ReadAllText(RepositoryFiles.PathOf("docs", "runbook.md"))).Select(match => NoWord().Replace(match.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-')).ToList();
        var named = Runbook().Matches(Alerts).Select(match => match.Groups["anchor"].Value).ToList();

        named.Count.ShouldBe(Alert().Count(Alerts));
        named.Except(anchors).ShouldBeEmpty();
        Alert().Matches(Alerts).Select(match => match.Groups["name"].Value).Where(alert => !text.Contains($"`{alert}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static IEnumerable<string> Queries()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.PathOf("deploy", "grafana", "dashboard.json")));
        return [.. json.RootElement.GetProperty("panels").EnumerateArray().Where(panel => panel.TryGetProperty("targets", out _)).SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!)];
    }

    private static IEnumerable<string> Expressions() => Expression().Matches(Alerts).Select(match => match.Groups["text"].Value);

    private static HashSet<string> NamesIn(IEnumerable<string> queries)
    {
        var names = queries.SelectMany(query => Metric().Matches(query)).Select(match => match.Value).Where(name => name != "messaging_destination_name").ToHashSet(StringComparer.Ordinal);
        names.Count.ShouldBeGreaterThan(10);
        return names;
    }

    private static HashSet<string> Known() => [.. ApprovedInstruments.Read().SelectMany(Series), .. OfOthers];

    private static IEnumerable<string> Series(ApprovedInstrument instrument) =>
        instrument.Kind == "histogram" ? [instrument.Shown + "_bucket", instrument.Shown + "_sum", instrument.Shown + "_count"] : [instrument.Shown];

    [GeneratedRegex(@"\b(wecombridge|messaging|dotnet|http|rabbitmq)_[a-z0-9_]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Metric();

    [GeneratedRegex(@"^ +expr: (?<text>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Expression();

    [GeneratedRegex(@"(?<metric>\b(wecombridge|messaging)_[a-z0-9_]+)\{(?<labels>[^}]*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Selector();

    [GeneratedRegex(@"(?<name>[a-z_]+)(=|!=|=~|!~)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();

    [GeneratedRegex(@"^ +- alert: (?<name>\w+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Alert();

    [GeneratedRegex(@"runbook: docs/runbook\.md#(?<anchor>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Runbook();

    [GeneratedRegex(@"^## (?<text>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NoWord();
}
