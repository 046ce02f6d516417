using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using WecomBridge.Operations;
using WecomBridge.Routing;
using WecomBridge.Tests.Contracts;
using WecomBridge.Tests.Routing;

namespace WecomBridge.Tests.Docs;

/// <summary>The examples of the two pages about routing do what the pages say.</summary>
public sealed class RoutingExamplesTests
{
    private static readonly string Shown = MarkdownPages.Blocks(RepositoryFiles.PathOf("docs", "routing.md"), "json").Single();

    [Fact]
    public void Both_pages_show_the_same_example_and_name_every_setting()
    {
        MarkdownPages.Blocks(RepositoryFiles.PathOf("docs", "routing.zh.md"), "json").ShouldBe([Shown]);
        var names = typeof(SubscriberWhen).GetProperties().Concat(typeof(SubscriberOptions).GetProperties()).Select(property => property.Name).Except(["Queue", "Corps"]).Append(nameof(RoutingOptions.AbandonedAfter));
        foreach (var page in (string[])["routing.md", "routing.zh.md"])
        {
            var text = File.ReadAllText(RepositoryFiles.PathOf("docs", page));
            names.Where(name => !text.Contains($"`{name}`", StringComparison.Ordinal) && !text.Contains($":{name}`", StringComparison.Ordinal)).ShouldBeEmpty(page);
        }
    }

    [Theory]
    [InlineData("store-7", "zhang01", true)]
    [InlineData("store-7", "wang", false)]
    [InlineData("expo", "li", false)]
    [InlineData(null, "li", false)]
    public void The_example_is_valid_and_sends_what_it_says(string? state, string staff, bool reached)
    {
        using var app = SettingsChecks.Require(Read(), "Development");

        var snapshot = app.Services.GetRequiredService<RoutingTable>().Current;
        snapshot.Subscribers.Select(subscriber => (subscriber.Name, subscriber.Queues.Count)).ShouldBe([("sales", 1), ("stores", 4)], ignoreOrder: true);
        (snapshot.KeysOf(RoutingEvents.Added(state: state, staff: staff)) is not null).ShouldBe(reached);
    }

    [Fact]
    public void The_sections_that_the_pages_name_are_the_ones_taken_over()
    {
        foreach (var page in (string[])["routing.md", "routing.zh.md"])
        {
            var text = File.ReadAllText(RepositoryFiles.PathOf("docs", page));
            SettingsReload.Reloaded.Where(section => !text.Contains($"`{section}`", StringComparison.Ordinal)).ShouldBeEmpty(page);
        }
    }

    private static Dictionary<string, string?> Read()
    {
        JsonDocument.Parse(Shown).RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
        var shown = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(Shown))).Build();
        var settings = RoutingOptionsTests.Settings().Where(setting => !setting.Key.StartsWith("Routing:", StringComparison.Ordinal)).ToDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in shown.AsEnumerable().Where(pair => pair.Value is not null)) settings[key] = value;
        return settings;
    }
}
