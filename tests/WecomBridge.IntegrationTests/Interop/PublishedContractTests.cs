using System.Text;
using System.Text.Json.Nodes;
using WecomBridge.Broker;
using WecomBridge.Callbacks;
using WecomBridge.Contracts;
using WecomBridge.Tests.Callbacks;
using WecomBridge.Tests.Contracts;
using WecomBridge.Tests.Docs;

namespace WecomBridge.IntegrationTests.Interop;

/// <summary>The published contract in the hands of the official parsers.</summary>
public sealed class PublishedContractTests
{
    private static readonly CallbackSource Source = new("acme", "ww1", "contact");

    [Fact]
    public async Task The_parsers_find_no_fault_and_every_message_of_the_bridge_fits_its_schema()
    {
        var full = EventTypes.All.Where(type => type.Exchange != EventExchange.Commands)
            .Select(type => (type.Name, (string)SampleData.ForType(typeof(PublishedContractTests), nameof(Full), type.DataType, type)!)).ToList();
        var mapped = MappingCases.All.Select(sample => EventMapper.Map(sample.Callback, Source, MappingCases.Time)).Select(published => (published.Type.Name, Encoding.UTF8.GetString(published.Message.Body.Span))).ToList();
        var shown = new[] { "README.md", "README.zh.md" }.SelectMany(page => MarkdownPages.Blocks(RepositoryFiles.PathOf("docs", "subscribing", page), "json")).Where(block => block.Contains("\"type\"", StringComparison.Ordinal))
            .Select(block => (((string)JsonNode.Parse(block)!["type"]!)["com.wecombridge.".Length..^".v1".Length], block)).ToList();
        shown.Count.ShouldBe(4);

        var answer = await ContractCheck.RunAsync([.. full, .. mapped, .. shown], "--asyncapi");

        answer.GetProperty("diagnostics").GetArrayLength().ShouldBe(0, answer.GetProperty("diagnostics").ToString());
        answer.GetProperty("unsoundSchemas").GetArrayLength().ShouldBe(0, answer.GetProperty("unsoundSchemas").ToString());
        answer.GetProperty("schemas").GetInt32().ShouldBe(EventTypes.All.Count + 2);
        answer.GetProperty("channels").GetInt32().ShouldBe(EventTypes.All.Count);
        answer.GetProperty("operations").GetInt32().ShouldBe(EventTypes.All.Count);
        answer.GetProperty("shown").GetArrayLength().ShouldBe(EventTypes.All.Count);
        answer.GetProperty("shown").EnumerateArray().Where(sample => !sample.GetProperty("valid").GetBoolean()).ShouldBeEmpty();
        answer.GetProperty("cases").GetArrayLength().ShouldBe(full.Count + mapped.Count + shown.Count);
        answer.GetProperty("cases").EnumerateArray().Where(sample => !sample.GetProperty("valid").GetBoolean()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Broken_events_do_not_fit()
    {
        var good = Full<CustomerAdded>(EventTypes.Of<CustomerAdded>());
        Action<JsonObject>[] breaks =
        [
            .. new[] { "specversion", "id", "source", "type", "subject", "time", "datacontenttype", "dataschema", "partitionkey", "wborigin", "wbreceived", "data" }.Select(name => (Action<JsonObject>)(json => json.Remove(name))),
            .. new[] { "corpId", "corp", "app", "userId", "externalUserId", "hasWelcomeCode" }.Select(name => (Action<JsonObject>)(json => json["data"]!.AsObject().Remove(name))),
            json => json["specversion"] = "2.0",
            json => json["id"] = "one",
            json => json["type"] = "com.wecombridge.customer.edited.v1",
            json => json["dataschema"] = "urn:wecombridge:customer.edited.v1",
            json => json["time"] = "yesterday",
            json => json["data"] = new JsonArray(),
            json => json["data"]!["userId"] = 7,
            json => json["data"]!["state"] = null,
            json => json["data"]!["hasWelcomeCode"] = "yes",
        ];

        var answer = await ContractCheck.RunAsync(breaks.Select(spoil =>
        {
            var json = JsonNode.Parse(good)!.AsObject();
            spoil(json);
            return ("customer.added", json.ToJsonString());
        }).Prepend(("customer.added", good)));

        ContractCheck.Verdicts(answer).ShouldBe([true, .. breaks.Select(_ => false)]);
    }

    private static string Full<TData>(EventTypeInfo type)
        where TData : class => Encoding.UTF8.GetString(EventWriter.Write(SampleData.Envelope<TData>(type), type.ExchangeName).Body.Span);
}
