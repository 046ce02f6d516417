using System.Text.Json;
using System.Text.Json.Nodes;
using WecomBridge.Contracts;
using WecomBridge.IntegrationTests.Servers;

namespace WecomBridge.IntegrationTests.Interop;

/// <summary>The schema of commands and the bridge say the same of every command: what does not fit is rejected aloud and kept among the dead letters.</summary>
public sealed class CommandSchemaTests(RabbitServer rabbit)
{
    private static readonly (string Type, string Data)[] Good =
    [
        ("tags.apply", """{"corp":"acme","app":"contact","externalUserId":"wm1","userId":"zhang01","add":["Level/Gold"],"remove":["Level/Silver"]}"""),
        ("tags.apply", """{"externalUserId":"wm1","add":["Level/Gold"]}"""),
        ("tags.apply", """{"externalUserId":"wm1","remove":["Level/Gold"],"add":null,"userId":null,"corp":null,"app":null}"""),
        ("tags.apply", """{"externalUserId":"wm1","add":["Level/Gold"],"remove":[],"fresh":{"any":1}}"""),
        ("profile.refresh", """{"externalUserId":"wm1"}"""),
        ("profile.refresh", """{"externalUserId":"wm1","corp":"acme","app":"contact"}"""),
    ];

    private static readonly (string Type, string Data)[] Bad =
    [
        ("tags.apply", """{"add":["Level/Gold"]}"""),
        ("tags.apply", """{"externalUserId":"  ","add":["Level/Gold"]}"""),
        ("tags.apply", """{"externalUserId":null,"add":["Level/Gold"]}"""),
        ("tags.apply", """{"externalUserId":7,"add":["Level/Gold"]}"""),
        ("tags.apply", """{"externalUserId":"wm1","userId":"","add":["Level/Gold"]}"""),
        ("tags.apply", """{"externalUserId":"wm1"}"""),
        ("tags.apply", """{"externalUserId":"wm1","add":[],"remove":[]}"""),
        ("tags.apply", """{"externalUserId":"wm1","add":null,"remove":null}"""),
        ("tags.apply", """{"externalUserId":"wm1","add":"Level/Gold"}"""),
        ("tags.apply", """{"externalUserId":"wm1","add":[1]}"""),
        ("tags.apply", """{"externalUserId":"wm1","add":[null]}"""),
        ("tags.apply", """{"externalUserId":"wm1","add":["Gold"]}"""),
        ("tags.apply", """{"externalUserId":"wm1","add":["/Gold"]}"""),
        ("tags.apply", """{"externalUserId":"wm1","remove":["Level/"]}"""),
        ("tags.apply", $$"""{"externalUserId":"wm1","add":[{{string.Join(',', Enumerable.Repeat("\"Level/Gold\"", 101))}}]}"""),
        ("tags.apply", """{"externalUserId":"wm1","add":["Level/Gold"],"corp":"Not A Word"}"""),
        ("tags.apply", "[]"),
        ("tags.apply", "null"),
        ("profile.refresh", "{}"),
        ("profile.refresh", """{"externalUserId":""}"""),
        ("profile.refresh", """{"externalUserId":["wm1"]}"""),
        ("profile.refresh", """{"externalUserId":"wm1","app":"Not A Word"}"""),
    ];

    /// <summary>What is wrong around the data.</summary>
    private static readonly Action<JsonObject>[] BadEnvelopes =
    [
        json => json.Remove("data"),
        json => json.Remove("source"),
        json => json["source"] = null,
        json => json["specversion"] = 1,
        json => json["time"] = "yesterday",
        json => json["subject"] = 5,
    ];

    /// <summary>Nobody can be told of a command without an id.</summary>
    private static readonly Action<JsonObject>[] Nameless = [json => json.Remove("id"), json => json["id"] = "one"];

    [Fact]
    public async Task The_schema_and_the_bridge_refuse_the_same_commands()
    {
        var good = Good.Select(command => (command.Type, Message: Envelope(command.Type, command.Data))).ToList();
        var bad = Bad.Select(command => (command.Type, Message: Envelope(command.Type, command.Data))).Concat(BadEnvelopes.Select(spoil => ("tags.apply", Message: Spoilt(spoil)))).ToList();
        var nameless = Nameless.Select(spoil => (Type: "tags.apply", Message: Spoilt(spoil))).ToList();
        ContractCheck.Verdicts(await ContractCheck.RunAsync([.. good, .. bad, .. nameless])).ShouldBe([.. good.Select(_ => true), .. bad.Select(_ => false), .. nameless.Select(_ => false)]);

        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        await world.StartBridgeAsync(world.Settings(more:
        [
            ("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()),
            ("Tags:Groups:Level:Owner", "Crm"), ("Tags:Groups:Level:Tags:0", "Gold"), ("Tags:Groups:Level:Tags:1", "Silver"),
        ]));
        await using var rejected = await Subscriber.BindAsync(broker, Exchanges.Events, "v1.acme.command.rejected.*");
        await using var letters = await Subscriber.OfQueueAsync(broker, "wecom.work.tags.dlq");
        await using var otherLetters = await Subscriber.OfQueueAsync(broker, "wecom.work.profiles.dlq");
        foreach (var (type, message) in good.Concat(bad).Concat(nameless)) await rejected.PublishAsync(Exchanges.Commands, $"v1.acme.{type}.p00", message);

        await Eventually.BecomesTrueAsync("every bad command among the dead letters", () => letters.Messages.Count + otherLetters.Messages.Count >= bad.Count + nameless.Count);
        letters.Messages.Concat(otherLetters.Messages).Select(letter => letter.Body).ShouldBe(bad.Concat(nameless).Select(command => command.Message), ignoreOrder: true);
        await Eventually.BecomesTrueAsync("every bad command rejected aloud", () => rejected.Messages.Count >= bad.Count);
        var words = rejected.Messages.Select(message => message.Json.GetProperty("data")).ToList();
        words.Select(data => data.GetProperty("commandId").GetString()).ShouldBe(bad.Select(command => (string?)JsonNode.Parse(command.Message)!["id"]), ignoreOrder: true);
        words.ShouldAllBe(data => data.GetProperty("reason").GetString() == CommandRejectReasons.Invalid);
        words.Select(data => data.GetProperty("detail").GetString()).ShouldContain("The command does not fit its schema at $.data.add[0].");
    }

    private static string Envelope(string type, string data) =>
        $$"""{"specversion":"1.0","id":"{{Guid.NewGuid():D}}","source":"/crm/sales","type":"com.wecombridge.{{type}}.v1","time":"2023-11-14T22:13:20Z","data":{{data}}}""";

    private static string Spoilt(Action<JsonObject> spoil)
    {
        var message = JsonNode.Parse(Envelope("tags.apply", Good[1].Data))!.AsObject();
        spoil(message);
        return JsonSerializer.Serialize(message);
    }
}
