using System.Runtime.Serialization;
using System.Text;
using WecomBridge.Commands;
using WecomBridge.Contracts;
using WecomBridge.Profiles;
using WecomBridge.Tags;
using WecomBridge.Tests.Features;

namespace WecomBridge.Tests.Commands;

/// <summary>Commands that do not fit their schema.</summary>
public sealed class UnreadableCommandTests
{
    private const string Id = "7f0d7c5a-54f9-4b8c-9a3c-2f4f3f6f1a11";

    [Theory]
    [InlineData("tags.apply", """{"corp":"acme","externalUserId":"wm1","add":[1]}""", "$.data.add[0]")]
    [InlineData("tags.apply", """{"corp":"acme","externalUserId":7,"秘密":{"a":1}}""", "$.data.externalUserId")]
    [InlineData("tags.apply", """{"corp":"acme"}""", "$")]
    [InlineData("profile.refresh", """{"corp":"acme","externalUserId":["wm1"]}""", "$.data.externalUserId")]
    public async Task The_sender_is_told_where_a_command_does_not_fit(string type, string data, string where)
    {
        await using var host = await StartAsync(type);

        await Should.ThrowAsync<CommandRefusedException>(() => SendAsync(host, type, data));

        var rejected = host.PublishedOf<CommandRejected>().ShouldHaveSingleItem();
        (rejected.Corp, rejected.CommandId, rejected.Command, rejected.Reason).ShouldBe(("acme", Id, $"com.wecombridge.{type}.v1", CommandRejectReasons.Invalid));
        rejected.Detail.ShouldNotBeNull().ShouldStartWith("The command does not fit its schema at " + where);
        rejected.Detail.ShouldNotContain("秘密");
    }

    [Theory]
    [InlineData("""{"type":"com.wecombridge.tags.apply.v1","source":"/crm","data":{"corp":"acme","add":[1]}}""")]
    [InlineData("""{"id":"one","type":"com.wecombridge.tags.apply.v1","source":"/crm","data":{"corp":"acme","add":[1]}}""")]
    [InlineData("""{"id":"7f0d7c5a-54f9-4b8c-9a3c-2f4f3f6f1a11","type":"com.wecombridge.tags.apply.v1","source":"/crm","data":{""")]
    public async Task Nobody_is_told_of_what_does_not_say_which_command_it_is(string body)
    {
        await using var host = await StartAsync("tags.apply");

        var failure = await Should.ThrowAsync<Exception>(() => host.DispatchBodyAsync(Encoding.UTF8.GetBytes(body)));

        (failure is SerializationException || failure.InnerException is SerializationException).ShouldBeTrue(failure.ToString());
        host.Published.ShouldBeEmpty();
    }

    private static Task<FeatureHost> StartAsync(string type) => FeatureHost.StartAsync(type == "tags.apply" ? bus => bus.AddTags() : bus => bus.AddProfiles());

    private static Task SendAsync(FeatureHost host, string type, string data) =>
        host.DispatchBodyAsync(Encoding.UTF8.GetBytes($$"""{"id":"{{Id}}","source":"/crm/sales","type":"com.wecombridge.{{type}}.v1","data":{{data}}}"""));
}
