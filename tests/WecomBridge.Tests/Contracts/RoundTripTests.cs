using System.Text.Json;
using System.Text.Json.Nodes;
using WecomBridge.Broker;
using WecomBridge.Contracts;

namespace WecomBridge.Tests.Contracts;

public sealed class RoundTripTests
{
    private static readonly JsonSerializerOptions CaseSensitive = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static TheoryData<string> Names => [.. EventTypes.All.Select(type => type.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_subscriber_reads_every_message_with_plain_settings(string name)
    {
        var type = Find(name);
        SampleData.ForType(typeof(RoundTripTests), nameof(ReadsAsWritten), type.DataType, type, JsonSerializerOptions.Web).ShouldBe(true);
        SampleData.ForType(typeof(RoundTripTests), nameof(ReadsAsWritten), type.DataType, type, CaseSensitive).ShouldBe(true);
        SampleData.ForType(typeof(RoundTripTests), nameof(ReadsAsWritten), type.DataType, type, JsonSerializerOptions.Default).ShouldBe(true);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_service_reads_every_message_a_client_writes_with_plain_settings(string name)
    {
        var type = Find(name);
        SampleData.ForType(typeof(RoundTripTests), nameof(WritesAsRead), type.DataType, type).ShouldBe(true);
    }

    private static EventTypeInfo Find(string name) => EventTypes.All.Single(type => type.Name == name);

    private static bool ReadsAsWritten<TData>(EventTypeInfo type, JsonSerializerOptions options)
        where TData : class
    {
        var sent = SampleData.Envelope<TData>(type);
        var body = EventWriter.Write(sent, type.ExchangeName).Body;

        var received = JsonSerializer.Deserialize<CloudEvent<TData>>(body.Span, options)!;

        (received with { Data = sent.Data }).ShouldBe(sent);
        return SameJson(JsonSerializer.SerializeToNode(received.Data, options), JsonSerializer.SerializeToNode(sent.Data, options))
            && SameJson(JsonNode.Parse(body.Span), JsonSerializer.SerializeToNode(sent, options));
    }

    private static bool WritesAsRead<TData>(EventTypeInfo type)
        where TData : class
    {
        var sent = SampleData.Envelope<TData>(type);

        var received = EventReader.Read<TData>(JsonSerializer.SerializeToUtf8Bytes(sent, JsonSerializerOptions.Web));

        return (received with { Data = sent.Data }) == sent
            && SameJson(JsonSerializer.SerializeToNode(received.Data), JsonSerializer.SerializeToNode(sent.Data));
    }

    private static bool SameJson(JsonNode? left, JsonNode? right) => JsonNode.DeepEquals(left, right);
}
