using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using WecomBridge.Broker;
using WecomBridge.DeadLetters;
using WecomBridge.Operations;
using WecomBridge.State;
using WecomBridge.Tests.Operations;
using WecomBridge.Tests.State;

namespace WecomBridge.Tests.DeadLetters;

/// <summary>The verbs over what the embedded transport keeps in State.</summary>
public sealed class DeadLettersVerbTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private StateFile _state = null!;

    public async ValueTask InitializeAsync()
    {
        _state = await StateFile.CreateAsync();
        await AddAsync("wecom.work.tags", 1, "customer.added", "acme", "consumer failed: FormatException");
        await AddAsync("wecom.work.tags", 2, "customer.edited", "acme", "unreadable: The body has no data.");
        await AddAsync("wecom.work.tags", 3, "customer.added", "other", "consumer failed: FormatException");
        await AddAsync("wecom.work.groups", 4, "group.created", "acme", "no consumer takes this type");
        await AddAsync("wecom.unrecognized", 5, "callback.unrecognized", "acme", "kept");
    }

    public ValueTask DisposeAsync() => _state.DisposeAsync();

    [Fact]
    public async Task They_are_listed_by_queue_type_and_reason_the_most_frequent_first()
    {
        var (code, text) = await RunAsync("dlq", "list");

        code.ShouldBe(0);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(5);
        lines[1].ShouldBe("wecom.work.tags     customer.added         2      2026-03-02 04:00:01Z  2026-03-02 04:00:03Z  consumer failed: FormatException");
    }

    [Theory]
    [InlineData("--queue wecom.work.*", "1 2 3 4")]
    [InlineData("--type customer.added", "1 3")]
    [InlineData("--because consumer*", "1 3")]
    [InlineData("--corp other", "3")]
    [InlineData("--id 00000000-0000-0000-0000-000000000004", "4")]
    [InlineData("--type customer.* --corp acme", "1 2")]
    public async Task Each_filter_holds(string filter, string expected)
    {
        var (_, text) = await RunAsync(["dlq", "list", "--each", "--json", .. filter.Split(' ')]);

        string.Join(' ', JsonDocument.Parse(text).RootElement.EnumerateArray().Select(letter => letter.GetProperty("id").GetString()![^1..]).Order(StringComparer.Ordinal)).ShouldBe(expected);
    }

    [Fact]
    public async Task A_message_is_shown_without_its_body_unless_that_is_asked_for()
    {
        var (code, text) = await RunAsync("dlq", "show", "--id", Id(1));
        (code, text.Contains("13800138000", StringComparison.Ordinal)).ShouldBe((0, false));
        JsonDocument.Parse(text).RootElement.GetProperty("subject").GetString().ShouldBe("wm1");

        (await RunAsync("dlq", "show", "--id", Id(1), "--body")).Text.ShouldContain("13800138000");
        (await RunAsync("dlq", "show", "--id", Id(9))).ShouldBe((Verbs.Found, "There is no such message.\n"));
    }

    [Fact]
    public async Task What_is_retried_is_taken_up_by_the_service_in_the_order_it_died_and_what_has_no_consumer_is_left()
    {
        var (code, text) = await RunAsync("dlq", "retry", "--all");
        (code, text).ShouldBe((0, "Given back: 4\nLeft: 1 callbacks that could not be read have no consumer; look at them with callback decrypt.\n"));
        (await RunAsync("dlq", "list", "--queue", "wecom.work.*")).Text.ShouldBe("No dead letters.\n");
        var outbox = new Outbox();

        (await new EmbeddedRetries(_state, outbox, _time, NullLogger<EmbeddedRetries>.Instance).TakeUpAsync(default)).ShouldBe(4);

        outbox.Stored.Select(message => (message.RoutingKey, message.Id.ToString()[^1])).ShouldBe([("wecom.work.groups", '4'), ("wecom.work.tags", '1'), ("wecom.work.tags", '2'), ("wecom.work.tags", '3')]);
        outbox.Stored[1].Attributes["cloudEvents_subject"].ShouldBe("wm1");
        (await new EmbeddedRetries(_state, outbox, _time, NullLogger<EmbeddedRetries>.Instance).TakeUpAsync(default)).ShouldBe(0);
    }

    [Fact]
    public async Task One_that_dies_again_while_it_is_taken_up_stays()
    {
        await RunAsync("dlq", "retry", "--id", Id(1));
        var outbox = new Outbox { OnStore = () => AddAsync("wecom.work.tags", 1, "customer.added", "acme", "consumer failed: again") };

        await new EmbeddedRetries(_state, outbox, _time, NullLogger<EmbeddedRetries>.Instance).TakeUpAsync(default);

        (await RunAsync("dlq", "list", "--each", "--id", Id(1))).Text.ShouldContain("consumer failed: again");
    }

    [Fact]
    public async Task What_is_discarded_is_gone_and_who_did_it_why_stands_in_the_audit_list()
    {
        (await RunAsync("dlq", "discard", "--type", "customer.added", "--reason", "test data")).ShouldBe((0, "Discarded: 2\n"));

        (await RunAsync("dlq", "list", "--type", "customer.added")).Text.ShouldBe("No dead letters.\n");
        var (_, text) = await RunAsync("audit", "list", "--json");
        var act = JsonDocument.Parse(text).RootElement.EnumerateArray().ShouldHaveSingleItem();
        (act.GetProperty("verb").GetString(), act.GetProperty("target").GetString(), act.GetProperty("reason").GetString(), act.GetProperty("affected").GetInt32()).ShouldBe(("dlq discard", "type customer.added", "test data", 2));
        act.GetProperty("ids").EnumerateArray().Select(id => id.GetString()).ShouldBe([Id(1), Id(3)]);
        act.GetProperty("who").GetString().ShouldBe($"{Environment.UserName}@{Environment.MachineName}");
        (await RunAsync("audit", "list")).Text.ShouldContain("dlq discard  type customer.added  2        test data");
    }

    [Theory]
    [InlineData("dlq discard --all")]
    [InlineData("dlq retry")]
    [InlineData("dlq retry --all --type customer.added")]
    [InlineData("dlq list --max 0")]
    [InlineData("dlq show")]
    [InlineData("replay")]
    [InlineData("replay --to-queue crm.a.b --from yesterday")]
    public void What_is_half_said_is_not_done(string arguments) => Verbs.Root().Parse(arguments).Errors.ShouldNotBeEmpty();

    [Fact]
    public void An_empty_reason_is_none() => Verbs.Root().Parse(["dlq", "discard", "--all", "--reason", " "]).Errors.ShouldHaveSingleItem().Message.ShouldBe("--reason must say why.");

    [Theory]
    [InlineData("dlq discard --queue=wecom.work.tags --becuase=nothing --reason x")]
    [InlineData("dlq retry --all --crop=acme")]
    public async Task A_mistyped_filter_is_not_taken_for_a_setting(string arguments)
    {
        (await RunAsync(arguments.Split(' '))).Code.ShouldBe(Verbs.Refused);

        (await RunAsync("dlq", "list", "--each")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(6);
    }

    [Fact]
    public async Task The_embedded_transport_says_that_it_has_nothing_to_replay()
    {
        var (code, text) = await RunAsync("replay", "--to-queue", "crm.sales.customers");

        (code, text).ShouldBe((Verbs.Refused, ""));
    }

    private static string Id(int n) => new Guid(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)n).ToString();

    private Task<(int Code, string Text)> RunAsync(params string[] arguments) => VerbRun.RunAsync(_state, arguments);

    private Task AddAsync(string queue, int n, string type, string corp, string reason)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        var message = new OutgoingMessage
        {
            Exchange = "wecom.events",
            RoutingKey = "v1.acme.customer.added.p00",
            Id = Guid.Parse(Id(n)),
            Type = $"com.wecombridge.{type}.v1",
            Time = _time.GetUtcNow(),
            PartitionKey = "wm1",
            Body = "{\"data\":{\"mobile\":\"13800138000\"}}"u8.ToArray(),
            Attributes = new Dictionary<string, string> { ["cloudEvents_type"] = $"com.wecombridge.{type}.v1", ["cloudEvents_source"] = $"/wecom/{corp}/contact", ["cloudEvents_subject"] = "wm1" },
        };
        return new DeadLetterStore(_state, _time).AddAsync(queue, message, reason, CancellationToken.None);
    }

    private sealed class Outbox : IOutbox
    {
        public List<OutgoingMessage> Stored { get; } = [];

        public Func<Task> OnStore { get; init; } = () => Task.CompletedTask;

        public async ValueTask StoreAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
        {
            Stored.AddRange(messages);
            await OnStore();
        }
    }
}
