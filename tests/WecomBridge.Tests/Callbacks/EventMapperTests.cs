using System.Text;
using System.Text.Json.Nodes;
using WecomBridge.Callbacks;
using WecomBridge.Contracts;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Tests.Callbacks;

public sealed class EventMapperTests
{
    private static readonly CallbackSource Source = new("acme", "ww1", "contact");
    private static readonly DateTimeOffset Received = MappingCases.Time.AddMilliseconds(1250);

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, MappingCases.All.Count())];

    [Theory, MemberData(nameof(Cases))]
    public void Every_callback_gives_its_event(int number)
    {
        var expected = MappingCases.All.ElementAt(number);

        var mapped = EventMapper.Map(expected.Callback, Source, Received);

        var body = JsonNode.Parse(mapped.Message.Body.Span)!;
        mapped.Type.Name.ShouldBe(expected.Name);
        ((string)body["type"]!).ShouldBe($"com.wecombridge.{expected.Name}.v1");
        ((string)body["dataschema"]!).ShouldBe($"urn:wecombridge:{expected.Name}.v1");
        ((string)body["subject"]!).ShouldBe(expected.Subject);
        ((string)body["partitionkey"]!).ShouldBe(expected.PartitionKey ?? expected.Subject);
        ((string)body["source"]!).ShouldBe("/wecom/acme/contact");
        ((string)body["time"]!).ShouldBe("2023-11-14T22:13:20Z");
        ((string)body["wbreceived"]!).ShouldBe("2023-11-14T22:13:21.250Z");
        ((string)body["wborigin"]!).ShouldBe("callback");
        body["wbcause"].ShouldBeNull();
        mapped.Message.Id.ShouldBe(EventId.Of("acme", expected.Callback.Document));
        mapped.Message.Exchange.ShouldBe("wecom.events");
        mapped.Message.RoutingKey.ShouldStartWith($"v1.acme.{expected.Name}.p");

        var data = body["data"]!.AsObject();
        TakeText(data, "corpId").ShouldBe("ww1");
        TakeText(data, "corp").ShouldBe("acme");
        TakeText(data, "app").ShouldBe("contact");
        JsonNode.DeepEquals(data, JsonNode.Parse(expected.Data)).ShouldBeTrue($"expected {expected.Data}\nfound    {data.ToJsonString()}");
    }

    [Fact]
    public void The_cases_cover_every_original_event_of_the_contract()
    {
        string[] derived = ["profile.updated", "profile.tags_changed", "welcome.sent", "welcome.missed", "group.member_joined", "group.member_left", "group.resynced", "group.updated", "profile.group_updated", "command.rejected"];
        var originals = EventTypes.All.Where(type => type.Exchange == EventExchange.Events).Select(type => type.Name)
            .Where(name => !name.StartsWith("suite.", StringComparison.Ordinal)).Except(derived);

        originals.Except(MappingCases.All.Select(mapping => mapping.Name)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Cases))]
    public void Nothing_private_is_in_any_event(int number)
    {
        var message = EventMapper.Map(MappingCases.All.ElementAt(number).Callback, Source, Received).Message;

        Encoding.UTF8.GetString(message.Body.Span).ShouldNotContain(MappingCases.Canary);
        $"{message.RoutingKey} {string.Join(' ', message.Attributes.Values)}".ShouldNotContain(MappingCases.Canary);
    }

    [Fact]
    public void The_text_of_a_message_is_published_only_where_the_setting_says_so()
    {
        var message = new MessageEvent { Document = MappingCases.Document(), Kind = "text", UserId = "staff-001", Content = "hello" };

        ((MessageReceived)EventMapper.Map(message, Source, Received).Data).Content.ShouldBeNull();
        ((MessageReceived)EventMapper.Map(message, Source with { IncludeMessageContent = true }, Received).Data).Content.ShouldBe("hello");
    }

    [Fact]
    public void A_callback_without_a_time_takes_the_time_it_was_received()
    {
        var mapped = EventMapper.Map(MappingCases.Contact(ExternalContactChange.Added) with { CreateTime = null }, Source, Received);

        mapped.Message.Time.ShouldBe(Received);
        mapped.Welcome!.CreatedAt.ShouldBe(Received);
    }

    [Theory]
    [InlineData(ExternalContactChange.Added, true)]
    [InlineData(ExternalContactChange.HalfAdded, true)]
    [InlineData(ExternalContactChange.ArchiveAgreed, true)]
    [InlineData(ExternalContactChange.Edited, false)]
    [InlineData(ExternalContactChange.RemovedByMember, false)]
    [InlineData(ExternalContactChange.LeftByCustomer, false)]
    [InlineData(ExternalContactChange.TransferFailed, false)]
    public void What_a_greeting_needs_comes_beside_the_event(ExternalContactChange change, bool greets)
    {
        var mapped = EventMapper.Map(MappingCases.Contact(change) with { State = "expo", WelcomeCode = "CODE-1" }, Source, Received);

        (mapped.Welcome is not null).ShouldBe(greets);
        if (mapped.Welcome is null) return;
        mapped.Welcome.WelcomeCode.ShouldBe("CODE-1");
        mapped.Welcome.State.ShouldBe("expo");
        mapped.Welcome.EventId.ShouldBe(mapped.Message.Id);
        mapped.Welcome.CreatedAt.ShouldBe(MappingCases.Time);
        mapped.ToString().ShouldNotContain("CODE-1");
    }

    [Fact]
    public void What_cannot_be_read_is_an_event_too()
    {
        var mapped = EventMapper.MapUnreadable("not xml"u8, Source, Received);

        mapped.IsUnrecognized.ShouldBeTrue();
        mapped.Type.Name.ShouldBe("callback.unrecognized");
        ((CallbackUnrecognized)mapped.Data).Reason.ShouldBe("unreadable");
        mapped.Message.Id.ShouldBe(EventId.OfUnreadable("acme", "not xml"u8));
        Encoding.UTF8.GetString(mapped.Message.Body.Span).ShouldNotContain("not xml");
    }

    [Fact]
    public void A_replay_says_so_and_keeps_the_id()
    {
        var callback = MappingCases.Contact(ExternalContactChange.Edited);

        var replayed = EventMapper.Map(callback, Source, Received.AddDays(1), Origins.Replay).Message;

        replayed.Attributes["cloudEvents_wborigin"].ShouldBe("replay");
        replayed.Id.ShouldBe(EventMapper.Map(callback, Source, Received).Message.Id);
    }

    private static string TakeText(JsonObject data, string name)
    {
        var text = (string)data[name]!;
        data.Remove(name);
        return text;
    }
}
