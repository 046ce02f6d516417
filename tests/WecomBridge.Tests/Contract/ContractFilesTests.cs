using System.Net;
using System.Text.Json.Nodes;
using WecomBridge.Contract;
using WecomBridge.Contracts;
using WecomBridge.Operations;
using WecomBridge.Tests.Contracts;
using WecomBridge.Tests.Operations;

namespace WecomBridge.Tests.Contract;

public sealed class ContractFilesTests
{
    private static readonly IReadOnlyDictionary<string, string> Files = new ContractFiles().All;

    [Fact]
    public void The_published_files_are_those_that_the_records_give()
    {
        var folder = RepositoryFiles.PathOf("docs", "contract");
        var published = Directory.EnumerateFiles(folder, "*.json").Where(path => path != ContractBaseline.Path).ToDictionary(path => Path.GetFileName(path), File.ReadAllText, StringComparer.Ordinal);

        var different = Files.Where(file => published.GetValueOrDefault(file.Key) != file.Value).Select(file => file.Key).Concat(published.Keys.Except(Files.Keys)).ToList();

        different.ShouldBeEmpty("Write them again: dotnet run --project src/WecomBridge -- contract write docs/contract");
    }

    [Fact]
    public void Every_message_type_has_a_schema_under_its_dataschema_and_a_channel_under_its_routing_key()
    {
        var document = JsonNode.Parse(Files["asyncapi.json"])!;
        foreach (var type in EventTypes.All)
        {
            var schema = JsonNode.Parse(Files[$"{type.Name}.v1.schema.json"])!;
            ((string)schema["$id"]!).ShouldBe(type.DataSchema);
            var channel = document["channels"]![type.Name]!;
            ((string)channel["address"]!).ShouldBe($"v1.{{corp}}.{type.Name}.{{partition}}");
            ((string)channel["bindings"]!["amqp"]!["exchange"]!["name"]!).ShouldBe(type.ExchangeName);
        }

        Files.Count.ShouldBe(EventTypes.All.Count + 3);
    }

    [Fact]
    public void Descriptions_read_well_without_knowing_the_records()
    {
        var descriptions = Files.Values.SelectMany(text => Descriptions(JsonNode.Parse(text)!)).Distinct().ToList();

        descriptions.Count.ShouldBeGreaterThan(150);
        descriptions.ShouldAllBe(text => text.Length > 3 && !text.Contains("null", StringComparison.OrdinalIgnoreCase) && !text.Contains('\n') && !text.Contains("the known words.", StringComparison.Ordinal));
    }

    [Fact]
    public void Known_words_are_examples_and_any_other_word_may_come()
    {
        var reason = JsonNode.Parse(Files["welcome.missed.v1.schema.json"])!["properties"]!["reason"]!;

        reason["enum"].ShouldBeNull();
        reason["examples"]!.AsArray().Select(word => (string)word!).ShouldContain(WelcomeMissReasons.NoRule);
        JsonNode.Parse(Files["group.member_left.v1.schema.json"])!["properties"]!["scene"]!["examples"]!.AsArray().Count.ShouldBeGreaterThan(5);
        JsonNode.Parse(Files["app.click.v1.schema.json"])!["properties"]!["event"]!["examples"]!.AsArray().Count.ShouldBe(AppActions.All.Count);
    }

    [Fact]
    public async Task The_files_are_served_to_everybody_on_the_operators_address()
    {
        await using var host = await OperationsHost.StartAsync(new ContractPages(new ContractFiles()));

        using var list = await host.SendAsync("/contract/");
        using var document = await host.SendAsync("/contract/asyncapi.json");
        using var none = await host.SendAsync("/contract/nothing.json");

        JsonNode.Parse(await list.Content.ReadAsStringAsync())!.AsArray().Count.ShouldBe(Files.Count);
        (await document.Content.ReadAsStringAsync()).ShouldBe(Files["asyncapi.json"]);
        none.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_verb_writes_all_files_to_a_folder()
    {
        var folder = Directory.CreateTempSubdirectory("wb-contract-");
        try
        {
            (await Verbs.Root().Parse(["contract", "write", Path.Combine(folder.FullName, "new")]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken)).ShouldBe(0);

            Directory.EnumerateFiles(Path.Combine(folder.FullName, "new")).Count().ShouldBe(Files.Count);
            (await Verbs.Root().Parse(["contract", "write", Path.Combine(folder.FullName, "new", "asyncapi.json")]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken)).ShouldBe(Verbs.Refused);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Descriptions(JsonNode node) => node switch
    {
        JsonObject json => json.SelectMany(entry => entry.Key is "description" or "summary" && entry.Value is JsonValue text ? [(string)text!] : entry.Value is null || entry.Key == "examples" ? [] : Descriptions(entry.Value)),
        JsonArray list => list.SelectMany(element => element is null ? [] : Descriptions(element)),
        _ => [],
    };
}
