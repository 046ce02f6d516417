using System.Text;
using System.Text.Json.Nodes;
using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.Tests.Contracts;

namespace WecomBridge.Tests.Broker;

public sealed class EventWriterTests
{
    [Fact]
    public void An_event_is_one_self_contained_body()
    {
        var message = EventWriter.Write(Added() with { TraceParent = null, Cause = null }, Exchanges.Events);

        Encoding.UTF8.GetString(message.Body.Span).ShouldBe(
            """{"specversion":"1.0","id":"146249e0-ccdd-8e00-91cf-cfe595dfcd05","source":"/wecom/acme/contact","type":"com.wecombridge.customer.added.v1","subject":"wm1","time":"2023-11-14T22:13:20Z","datacontenttype":"application/json","dataschema":"urn:wecombridge:customer.added.v1","partitionkey":"wmEXAMPLEcustomer0000000000000001","wborigin":"derived","wbreceived":"2023-11-14T22:13:20.123Z","data":{"corpId":"ww1","corp":"acme","app":"contact","state":"门店 <1>","hasWelcomeCode":true,"userId":"staff-001","externalUserId":"wm1"}}""");
    }

    [Fact]
    public void The_routing_key_names_version_corp_event_and_partition()
    {
        var message = EventWriter.Write(Added(), Exchanges.Events);

        message.RoutingKey.ShouldBe("v1.acme.customer.added.p11");
        message.Exchange.ShouldBe("wecom.events");
        message.ContentType.ShouldBe("application/cloudevents+json; charset=utf-8");
    }

    [Fact]
    public void Headers_repeat_every_attribute_of_the_body()
    {
        var message = EventWriter.Write(Added(), Exchanges.Events);

        var body = JsonNode.Parse(message.Body.Span)!.AsObject();
        var expected = body.Where(field => field.Key != "data").ToDictionary(field => "cloudEvents_" + field.Key, field => (string)field.Value!);
        message.Attributes.ToDictionary().ShouldBe(expected, ignoreOrder: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Acme")]
    [InlineData("a.b")]
    [InlineData("a#")]
    [InlineData("abcdefghijklmnopqrstuvwxyz-123456")]
    public void A_corp_that_is_no_word_gives_no_routing_key(string corp) =>
        Should.Throw<ArgumentException>(() => EventWriter.Write(Added() with { Data = Added().Data with { Corp = corp } }, Exchanges.Events));

    [Fact]
    public void A_type_outside_the_contract_is_not_published() =>
        Should.Throw<ArgumentException>(() => EventWriter.Write(Added() with { Type = "com.wecombridge.customer.invented.v1" }, Exchanges.Events));

    [Fact]
    public void A_large_event_does_not_disturb_the_next()
    {
        var large = Added() with { Data = Added().Data with { State = new string('x', 300_000) } };

        EventWriter.Write(large, Exchanges.Events).Body.Length.ShouldBeGreaterThan(300_000);
        EventWriter.Write(Added(), Exchanges.Events).Body.ToArray().ShouldBe(EventWriter.Write(Added(), Exchanges.Events).Body.ToArray());
    }

    private static CloudEvent<CustomerAdded> Added() => SampleData.Envelope<CustomerAdded>(EventTypes.Of<CustomerAdded>()) with
    {
        Subject = "wm1",
        PartitionKey = "wmEXAMPLEcustomer0000000000000001",
        Data = new CustomerAdded
        {
            CorpId = "ww1", Corp = "acme", App = "contact", UserId = "staff-001", ExternalUserId = "wm1", State = "门店 <1>", HasWelcomeCode = true,
        },
    };
}
