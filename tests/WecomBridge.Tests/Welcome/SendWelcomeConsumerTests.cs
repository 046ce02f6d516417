using System.Text;
using WecomBridge.Broker;
using WecomBridge.Callbacks;
using WecomBridge.Contracts;
using WecomBridge.State;
using WecomBridge.Tests.Features;
using WecomBridge.Wecom.Api;
using WecomBridge.Wecom.Callbacks;
using WecomBridge.Welcome;

namespace WecomBridge.Tests.Welcome;

public class SendWelcomeConsumerTests
{
    private static readonly (string, string?)[] Rules =
    [
        ("Welcome:Rules:0:Name", "store"), ("Welcome:Rules:0:When:State:0", "store-*"), ("Welcome:Rules:0:Text", "Hi, {{staff.userId}} of {{channel.state}} <here>{{customer.name}}"),
        ("Welcome:Rules:0:Attachments:0:Link:Title", "Shop"), ("Welcome:Rules:0:Attachments:0:Link:Url", "https://shop.example/"),
        ("Welcome:Rules:1:Name", "expo"), ("Welcome:Rules:1:When:State:0", "expo"), ("Welcome:Rules:1:Text", "Welcome to the fair"),
    ];

    private static readonly CallbackSource Source = new("acme", "wwEXAMPLE", "contact");

    [Fact]
    public async Task Greets_with_the_first_rule_that_matches()
    {
        await using var host = await StartAsync();

        await host.DispatchBodyAsync(Command(host));

        var sent = host.Wecom.CallsOf<CgibinExternalContactSendWelcomeMessageRequest>().ShouldHaveSingleItem();
        sent.WelcomeCode.ShouldBe("code-1");
        sent.Text!.Content.ShouldBe("Hi, zhang of store-7 <here>");
        sent.Attachments!.ShouldHaveSingleItem().Link!.Url.ShouldBe("https://shop.example/");
        var said = host.PublishedOf<WelcomeSent>().ShouldHaveSingleItem();
        said.Rule.ShouldBe("store");
        said.AgeMs.ShouldBe(1000);
        host.Published.ShouldHaveSingleItem().Exchange.ShouldBe(Exchanges.Events);
    }

    [Fact]
    public async Task The_same_command_again_greets_nobody_and_repeats_the_event_under_its_id()
    {
        await using var host = await StartAsync();
        var command = Command(host);
        await host.DispatchBodyAsync(command);

        await host.DispatchBodyAsync(command);

        host.Wecom.CallsOf<CgibinExternalContactSendWelcomeMessageRequest>().ShouldHaveSingleItem();
        host.Published.Select(m => m.Id).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_half_add_and_an_add_with_a_code_each_are_one_greeting()
    {
        await using var host = await StartAsync();

        await host.DispatchBodyAsync(Command(host, change: ExternalContactChange.HalfAdded, id: Guid.NewGuid()));
        await host.DispatchBodyAsync(Command(host, code: "code-2", id: Guid.NewGuid()));

        host.Wecom.CallsOf<CgibinExternalContactSendWelcomeMessageRequest>().ShouldHaveSingleItem();
        host.PublishedOf<WelcomeMissed>().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_add_without_a_code_after_a_greeted_half_add_is_not_missed()
    {
        await using var host = await StartAsync();

        await host.DispatchBodyAsync(Command(host, change: ExternalContactChange.HalfAdded, id: Guid.NewGuid()));
        await host.DispatchBodyAsync(Command(host, code: null, id: Guid.NewGuid()));

        host.PublishedOf<WelcomeMissed>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Skips_the_greeting_once_the_code_has_lapsed()
    {
        await using var host = await StartAsync();
        var command = Command(host);
        host.Time.Advance(TimeSpan.FromSeconds(18));

        await host.DispatchBodyAsync(command);

        host.Wecom.Calls.ShouldBeEmpty();
        host.PublishedOf<WelcomeMissed>().ShouldHaveSingleItem().Reason.ShouldBe(WelcomeMissReasons.Expired);
    }

    [Theory]
    [InlineData(null, "store-7", WelcomeMissReasons.NoCode)]
    [InlineData("code-1", "web", WelcomeMissReasons.NoRule)]
    public async Task Says_why_nobody_was_greeted(string? code, string state, string reason)
    {
        await using var host = await StartAsync();

        await host.DispatchBodyAsync(Command(host, code: code, state: state));

        host.Wecom.Calls.ShouldBeEmpty();
        host.PublishedOf<WelcomeMissed>().ShouldHaveSingleItem().Reason.ShouldBe(reason);
    }

    [Theory]
    [InlineData(41050, WelcomeMissReasons.Expired)]
    [InlineData(41051, WelcomeMissReasons.AlreadyChatting)]
    [InlineData(41053, WelcomeMissReasons.NoConsent)]
    [InlineData(40058, WelcomeMissReasons.Rejected)]
    [InlineData(48002, WelcomeMissReasons.Rejected)]
    [InlineData(45009, WelcomeMissReasons.Unavailable)]
    public async Task A_refusal_is_final_and_named(int code, string reason)
    {
        await using var host = await StartAsync();
        host.Wecom.Fails(WecomPaths.SendWelcomeMessage, FakeWecom.Refusal(code));

        await host.DispatchBodyAsync(Command(host));

        host.Wecom.CallsOf<CgibinExternalContactSendWelcomeMessageRequest>().ShouldHaveSingleItem();
        host.PublishedOf<WelcomeMissed>().ShouldHaveSingleItem().Reason.ShouldBe(reason);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(41096)]
    public async Task A_busy_platform_is_asked_again_inside_the_deadline(int code)
    {
        await using var host = await StartAsync();
        host.Wecom.Fails(WecomPaths.SendWelcomeMessage, FakeWecom.Refusal(code));

        await RunAsync(host, host.DispatchBodyAsync(Command(host)));

        host.Wecom.CallsOf<CgibinExternalContactSendWelcomeMessageRequest>().Count.ShouldBe(2);
        host.PublishedOf<WelcomeSent>().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(41050)]
    [InlineData(41051)]
    public async Task A_spent_code_after_a_lost_answer_means_sent(int code)
    {
        await using var host = await StartAsync();
        host.Wecom.Fails(WecomPaths.SendWelcomeMessage, FakeWecom.Unanswered(), FakeWecom.Refusal(code));

        await RunAsync(host, host.DispatchBodyAsync(Command(host)));

        host.PublishedOf<WelcomeSent>().ShouldHaveSingleItem();
        (await LedgerAsync(host)).Outcome.ShouldBe(GreetingOutcome.Sent);
    }

    [Fact]
    public async Task A_platform_that_stays_away_is_given_up_at_the_deadline_and_not_before()
    {
        await using var host = await StartAsync();
        host.Wecom.Fails(WecomPaths.SendWelcomeMessage, [.. Enumerable.Repeat(FakeWecom.Unanswered(), 20)]);

        await RunAsync(host, host.DispatchBodyAsync(Command(host)));

        host.Wecom.CallsOf<CgibinExternalContactSendWelcomeMessageRequest>().Count.ShouldBeInRange(4, 8);
        host.PublishedOf<WelcomeMissed>().ShouldHaveSingleItem().Reason.ShouldBe(WelcomeMissReasons.Unavailable);
        (await LedgerAsync(host)).Outcome.ShouldBe(GreetingOutcome.Unknown);
    }

    [Fact]
    public async Task Without_state_nobody_is_greeted()
    {
        await using var host = await StartAsync();
        await host.State.WriteAsync(s => s.ExecuteAsync("DROP TABLE greetings"));

        await Should.ThrowAsync<Exception>(() => host.DispatchBodyAsync(Command(host)));

        host.Wecom.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_command_hides_its_code_everywhere_but_in_its_body()
    {
        await using var host = await StartAsync();

        var message = Message(host).ShouldNotBeNull();

        message.RoutingKey.ShouldBe("wecom.welcome");
        message.Exchange.ShouldBe("");
        message.Lane.ShouldBe(MessageLane.Welcome);
        message.Attributes.ShouldAllBe(a => !a.Value.Contains("code-1"));
        Encoding.UTF8.GetString(message.Body.Span).ShouldContain("code-1");
    }

    [Fact]
    public async Task Two_apps_with_codes_of_their_own_are_two_commands_of_one_add()
    {
        await using var host = await FeatureHost.StartAsync(
            bus => bus.AddWelcome(),
            [.. Rules, ("Wecom:Corps:acme:Apps:other:Secret", "s"), ("Wecom:Corps:acme:Apps:other:Keys:0:Token", "t"), ("Wecom:Corps:acme:Apps:other:Keys:0:EncodingAesKey", new string('a', 43))]);
        var id = Guid.NewGuid();

        Message(host, id: id)!.Id.ShouldNotBe(Message(host, id: id, source: new CallbackSource("acme", "wwEXAMPLE", "other"))!.Id);
        Message(host, id: id)!.Id.ShouldBe(Message(host, id: id)!.Id);
    }

    [Fact]
    public async Task Nothing_is_sent_to_the_queue_when_a_later_callback_decides_or_nobody_is_greeted()
    {
        await using var host = await StartAsync();
        await using var silent = await FeatureHost.StartAsync(bus => bus.AddWelcome());

        Message(host, code: null, change: ExternalContactChange.HalfAdded).ShouldBeNull();
        Message(host, code: null).ShouldNotBeNull();
        Message(silent).ShouldBeNull();
    }

    private static Task<FeatureHost> StartAsync() => FeatureHost.StartAsync(bus => bus.AddWelcome(), Rules);

    private static ReadOnlyMemory<byte> Command(FeatureHost host, string? code = "code-1", string state = "store-7", ExternalContactChange change = ExternalContactChange.Added, Guid? id = null) =>
        Message(host, code, state, change, id)!.Body;

    private static OutgoingMessage? Message(
        FeatureHost host, string? code = "code-1", string state = "store-7", ExternalContactChange change = ExternalContactChange.Added, Guid? id = null, CallbackSource? source = null) =>
        host.Get<IWelcomeCommands>().From(
            source ?? Source,
            new WelcomeOffer { EventId = id ?? Guid.NewGuid(), Change = change, UserId = "zhang", ExternalUserId = "wm1", State = state, WelcomeCode = code, CreatedAt = FeatureHost.Now.AddSeconds(-1) },
            FeatureHost.Now);

    /// <summary>Moves the clock until the consumer has ended.</summary>
    private static async Task RunAsync(FeatureHost host, Task consumed)
    {
        while (!consumed.IsCompleted)
        {
            host.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(consumed, Task.Delay(5));
        }

        await consumed;
    }

    private static async Task<Greeting> LedgerAsync(FeatureHost host) =>
        (await host.State.ReadAsync(s => GreetingLedger.FindAsync(s, new RelationKey("acme", "zhang", "wm1")))).ShouldNotBeNull();
}
