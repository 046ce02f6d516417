using System.Text;
using System.Text.Json;
using WecomBridge.Broker;
using WecomBridge.Contracts;

namespace WecomBridge.Tests.Broker;

public sealed class EventReaderTests
{
    private const string Command = """
        {"specversion":"1.0","id":"146249e0-ccdd-8e00-91cf-cfe595dfcd05","source":"/crm/sales","type":"com.wecombridge.tags.apply.v1",
         "data":{"externalUserId":"wm1","add":["Level/Gold"],"somethingNew":{"a":[1]}},"subject":null,"anotherAttribute":1}
        """;

    [Fact]
    public void A_command_needs_no_more_than_id_source_type_and_data()
    {
        var command = EventReader.Read<ApplyTags>(Encoding.UTF8.GetBytes(Command));

        command.Data.ExternalUserId.ShouldBe("wm1");
        command.Data.Add.ShouldBe(["Level/Gold"]);
        command.Data.Remove.ShouldBeEmpty();
        command.Data.UserId.ShouldBeNull();
        command.Subject.ShouldBe("");
        command.PartitionKey.ShouldBe("");
        command.SpecVersion.ShouldBe("1.0");
    }

    [Fact]
    public void The_type_and_the_id_are_read_without_the_data()
    {
        var body = """{"data":{"type":"inner","id":"inner"},"type":"outer","id":"146249e0-ccdd-8e00-91cf-cfe595dfcd05"}"""u8;

        EventReader.TryReadType(body, out var type).ShouldBeTrue();
        EventReader.TryReadId(body, out var id).ShouldBeTrue();
        type.ShouldBe("outer");
        id.ShouldBe(Guid.Parse("146249e0-ccdd-8e00-91cf-cfe595dfcd05"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"type\":1,\"id\":{}}")]
    [InlineData("{\"type\":null,\"id\":null}")]
    [InlineData("{\"typ")]
    [InlineData("{\"data\":{\"a\":")]
    [InlineData("<xml/>")]
    public void What_is_no_CloudEvent_has_neither_type_nor_id(string body)
    {
        EventReader.TryReadType(Encoding.UTF8.GetBytes(body), out _).ShouldBeFalse();
        EventReader.TryReadId(Encoding.UTF8.GetBytes(body), out _).ShouldBeFalse();
    }

    [Fact]
    public void A_type_that_is_no_UTF8_is_no_type() =>
        EventReader.TryReadType([.. "{\"type\":\""u8, 0xFF, 0xFE, .. "\"}"u8], out _).ShouldBeFalse();

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"id\":\"no uuid\",\"source\":\"s\",\"type\":\"t\",\"data\":{\"externalUserId\":\"wm1\"}}")]
    [InlineData("{\"id\":\"146249e0-ccdd-8e00-91cf-cfe595dfcd05\",\"source\":\"s\",\"type\":\"t\",\"data\":null}")]
    [InlineData("{\"id\":\"146249e0-ccdd-8e00-91cf-cfe595dfcd05\",\"source\":\"s\",\"type\":\"t\",\"data\":{\"add\":[]}}")]
    public void A_message_without_what_it_must_have_is_refused(string body) =>
        Should.Throw<JsonException>(() => EventReader.Read<ApplyTags>(Encoding.UTF8.GetBytes(body)));
}
