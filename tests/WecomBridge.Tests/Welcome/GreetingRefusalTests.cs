using Microsoft.Extensions.Diagnostics.HealthChecks;
using WecomBridge.Callbacks;
using WecomBridge.Contracts;
using WecomBridge.State;
using WecomBridge.Tests.Features;
using WecomBridge.Wecom.Api;
using WecomBridge.Wecom.Callbacks;
using WecomBridge.Welcome;

namespace WecomBridge.Tests.Welcome;

/// <summary>Each of the platform's refusals on its own path.</summary>
public class GreetingRefusalTests
{
    private static readonly (string, string?)[] Rules =
    [
        ("Welcome:Rules:0:Name", "store"), ("Welcome:Rules:0:When:State:0", "store-*"), ("Welcome:Rules:0:Text", "Hello"), ("Welcome:Rules:0:Attachments:0:Image:MediaId", "m1"),
        ("Welcome:Rules:1:Name", "picture"), ("Welcome:Rules:1:Attachments:0:Image:MediaId", "m1"),
    ];

    private static readonly (string, string?)[] OtherApp =
        [("Wecom:Corps:acme:Apps:other:Secret", "s"), ("Wecom:Corps:acme:Apps:other:Keys:0:Token", "t"), ("Wecom:Corps:acme:Apps:other:Keys:0:EncodingAesKey", new string('a', 43))];

    [Fact]
    public async Task While_another_app_is_sending_it_is_asked_after_one_second_and_after_three()
    {
        await using var host = await StartAsync();
        host.Refuses(41096, 41096);
        var before = host.Time.GetUtcNow();

        await host.AddAsync(timePasses: true);

        host.Sent().Count.ShouldBe(3);
        (host.Time.GetUtcNow() - before).ShouldBeInRange(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(6));
        host.PublishedOf<WelcomeSent>().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(3, 41096, 41096, 41096)]
    [InlineData(2, 41096, 41051)]
    [InlineData(2, 41096, 41050)]
    public async Task What_another_app_sent_is_sent_elsewhere(int calls, params int[] codes)
    {
        await using var host = await StartAsync();
        host.Refuses(codes);

        await host.AddAsync(timePasses: true);

        host.Sent().Count.ShouldBe(calls);
        host.MissedReason().ShouldBe(WelcomeMissReasons.SentElsewhere);
    }

    [Theory]
    [InlineData(84061)]
    [InlineData(40096)]
    public async Task A_relation_that_is_still_settling_is_tried_again(int code)
    {
        await using var host = await StartAsync();
        host.Refuses(code, code);

        await host.AddAsync(timePasses: true);

        host.Sent().Count.ShouldBe(3);
        host.PublishedOf<WelcomeSent>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_relation_that_never_settles_is_rejected_at_the_deadline()
    {
        await using var host = await StartAsync();
        host.Refuses([.. Enumerable.Repeat(84061, 20)]);

        await host.AddAsync(timePasses: true);

        host.Sent().Count.ShouldBeInRange(4, 8);
        host.MissedReason().ShouldBe(WelcomeMissReasons.Rejected);
    }

    [Theory]
    [InlineData(40001)]
    [InlineData(48002)]
    [InlineData(60020)]
    [InlineData(84074)]
    [InlineData(40058)]
    public async Task A_refusal_that_time_does_not_mend_is_final(int code)
    {
        await using var host = await StartAsync();
        host.Refuses(code);

        await host.AddAsync(timePasses: true);

        host.Sent().ShouldHaveSingleItem();
        host.MissedReason().ShouldBe(WelcomeMissReasons.Rejected);
    }

    [Theory]
    [InlineData(40007)]
    [InlineData(41072)]
    [InlineData(40123)]
    public async Task A_text_goes_alone_when_what_is_attached_is_refused(int code)
    {
        await using var host = await StartAsync();
        host.Refuses(code);

        await host.AddAsync();

        host.Sent().Select(sent => sent.Attachments?.Count ?? 0).ShouldBe([1, 0]);
        host.Sent().ShouldAllBe(sent => sent.Text!.Content == "Hello" && sent.WelcomeCode == "code-1");
        host.PublishedOf<WelcomeSent>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task It_goes_alone_once_and_not_at_all_when_there_is_none()
    {
        await using var host = await StartAsync();
        host.Refuses(40007, 40007);
        await host.AddAsync();
        host.Sent().Count.ShouldBe(2);
        host.MissedReason().ShouldBe(WelcomeMissReasons.Rejected);

        await using var picture = await StartAsync();
        picture.Refuses(40007);
        await picture.AddAsync(state: "web");
        picture.Sent().ShouldHaveSingleItem();
        picture.MissedReason().ShouldBe(WelcomeMissReasons.Rejected);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(60, false)]
    public async Task A_spent_limit_is_waited_for_if_its_window_turns_in_time(int seconds, bool sent)
    {
        await using var host = await StartAsync();
        host.Wecom.Fails(WecomPaths.SendWelcomeMessage, new WecomException(WecomFailure.Throttled, WecomPaths.SendWelcomeMessage, 45009, "limit") { RetryAfter = TimeSpan.FromSeconds(seconds) });

        await host.AddAsync(timePasses: true);

        host.PublishedOf<WelcomeSent>().Count.ShouldBe(sent ? 1 : 0);
        if (!sent) host.MissedReason().ShouldBe(WelcomeMissReasons.Unavailable);
    }

    [Fact]
    public async Task Consent_that_comes_later_is_greeted_once()
    {
        await using var host = await StartAsync();
        host.Refuses(41053);
        await host.AddAsync();
        host.MissedReason().ShouldBe(WelcomeMissReasons.NoConsent);
        host.Time.Advance(TimeSpan.FromMinutes(5));

        var consent = Guid.NewGuid();
        await host.AddAsync(code: "code-2", change: ExternalContactChange.ArchiveAgreed, id: consent);
        await host.AddAsync(code: "code-2", change: ExternalContactChange.ArchiveAgreed, id: consent);

        host.Sent().Select(sent => sent.WelcomeCode).ShouldBe(["code-1", "code-2"]);
        host.PublishedOf<WelcomeSent>().Count.ShouldBe(2);
        host.Published.Select(message => message.Id).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Consent_that_comes_after_a_run_that_died_is_greeted_too()
    {
        await using var host = await StartAsync();
        var id = Guid.NewGuid();
        await DieAsync(host, id);
        host.Refuses(41053);
        await host.AddAsync(id: id, timePasses: true);
        host.MissedReason().ShouldBe(WelcomeMissReasons.NoConsent);

        await host.AddAsync(code: "code-2", change: ExternalContactChange.ArchiveAgreed);

        host.PublishedOf<WelcomeSent>().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("store-7", 20)]
    [InlineData("web", 0)]
    public async Task After_a_run_that_died_nobody_says_that_there_was_no_greeting(string state, int late)
    {
        await using var host = await FeatureHost.StartAsync(bus => bus.AddWelcome(), [.. Rules, ("Welcome:Rules:1:When:State:0", "x"), ("Welcome:NotifyStaff", "true"), ("Wecom:Corps:acme:Apps:contact:AgentId", "7")]);
        var (id, added) = (Guid.NewGuid(), host.Time.GetUtcNow());
        await DieAsync(host, id);
        host.Time.Advance(TimeSpan.FromSeconds(late));

        await host.AddAsync(id: id, state: state, at: added, timePasses: true);

        host.MissedReason().ShouldBe(WelcomeMissReasons.Unavailable);
        (await LedgerAsync(host)).Outcome.ShouldBe(GreetingOutcome.Unknown);
        (await host.State.ReadAsync(s => s.FindAsync<long>("SELECT COUNT(*) FROM staff_notices"))).ShouldBe(0);
    }

    [Fact]
    public async Task Two_apps_with_codes_of_their_own_are_one_greeting_however_long_it_is_looked_up()
    {
        await using var host = await FeatureHost.StartAsync(
            bus => bus.AddWelcome(), [.. OtherApp, ("Welcome:LookUpWithin", "00:00:09"), ("Welcome:Rules:0:Name", "all"), ("Welcome:Rules:0:Text", "Hello{{customer.name}}")]);
        var (id, never) = (Guid.NewGuid(), new TaskCompletionSource());
        host.Wecom.During = api => api == WecomPaths.ExternalContactGet ? never.Task : Task.CompletedTask;

        var first = host.AddAsync(id: id);
        while (host.Wecom.Calls.IsEmpty) await Task.Delay(5);
        await host.AddAsync(id: id, code: "code-2", app: "other", timePasses: true);
        await first;

        host.Sent().ShouldHaveSingleItem().WelcomeCode.ShouldBe("code-1");
        (await LedgerAsync(host)).Attempt.ShouldBe(1);
        host.Published.Select(message => message.Id).Distinct().ShouldHaveSingleItem();
        never.SetResult();
    }

    [Fact]
    public async Task The_app_that_got_a_code_greets_where_the_other_got_none_and_nothing_is_missed()
    {
        await using var host = await StartAsync();
        var id = Guid.NewGuid();

        var other = host.AddAsync(id: id, code: null, app: "other");
        await MissedAsync(host);
        await host.AddAsync(id: id);
        host.Time.Advance(TimeSpan.FromSeconds(4));
        await other;

        host.SentText().ShouldBe("Hello");
        host.PublishedOf<WelcomeMissed>().ShouldBeEmpty();
        (await LedgerAsync(host)).Outcome.ShouldBe(GreetingOutcome.Sent);
    }

    [Fact]
    public async Task Where_no_app_got_a_code_it_is_said_once_the_others_had_their_time()
    {
        await using var host = await StartAsync();

        await host.AddAsync(code: null, timePasses: true);

        host.MissedReason().ShouldBe(WelcomeMissReasons.NoCode);
        host.Time.GetUtcNow().ShouldBeGreaterThanOrEqualTo(FeatureHost.Now.AddSeconds(3));
    }

    [Theory]
    [InlineData(40001)]
    [InlineData(48002)]
    [InlineData(60020)]
    public async Task An_app_that_is_refused_leaves_the_greeting_to_the_other_apps_code(int code)
    {
        await using var host = await StartAsync();
        var id = Guid.NewGuid();
        host.Refuses(code);

        var refused = host.AddAsync(id: id);
        await MissedAsync(host);
        await host.AddAsync(id: id, code: "code-2", app: "other", timePasses: true);
        host.Time.Advance(TimeSpan.FromSeconds(4));
        await refused;
        host.Sent().Select(sent => sent.WelcomeCode).ShouldBe(["code-1", "code-2"]);
        host.PublishedOf<WelcomeMissed>().ShouldBeEmpty();
        host.PublishedOf<WelcomeSent>().ShouldAllBe(sent => sent.App == "other");
    }

    [Fact]
    public async Task An_app_without_a_secret_writes_its_command_too_so_that_nobody_is_missed_in_silence()
    {
        await using var host = await FeatureHost.StartAsync(bus => bus.AddWelcome(), [.. Rules, .. OtherApp, ("Wecom:Corps:acme:Apps:contact:Secret", null)]);
        var offer = new WelcomeOffer { EventId = Guid.NewGuid(), Change = ExternalContactChange.Added, UserId = "zhang", ExternalUserId = "wm1", WelcomeCode = "code", CreatedAt = FeatureHost.Now };

        host.Get<IWelcomeCommands>().From(new CallbackSource("acme", "wwEXAMPLE", "contact"), offer, FeatureHost.Now).ShouldNotBeNull();
        host.Get<IWelcomeCommands>().From(new CallbackSource("acme", "wwEXAMPLE", "other"), offer, FeatureHost.Now).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(false, nameof(GreetingOutcome.Unknown))]
    [InlineData(true, nameof(GreetingOutcome.Missed))]
    public async Task What_never_left_was_surely_not_sent(bool waited, string outcome)
    {
        await using var host = await StartAsync();
        Exception failure = waited ? new WecomNotSentException(WecomPaths.SendWelcomeMessage, default) : new OperationCanceledException();
        host.Wecom.Fails(WecomPaths.SendWelcomeMessage, [.. Enumerable.Repeat(failure, 20)]);

        await host.AddAsync(timePasses: true);

        host.MissedReason().ShouldBe(WelcomeMissReasons.Unavailable);
        (await LedgerAsync(host)).Outcome.ToString().ShouldBe(outcome);
    }

    [Fact]
    public async Task A_refused_app_is_named_in_health_with_its_remedy_until_a_greeting_goes()
    {
        await using var host = await FeatureHost.StartAsync(bus => bus.AddWelcome(), Rules);
        var health = host.Get<WelcomeRefusals>();
        host.Refuses(48002);
        await host.AddAsync();
        var refused = await health.CheckHealthAsync(new HealthCheckContext());
        refused.Status.ShouldBe(HealthStatus.Degraded);
        refused.Description.ShouldNotBeNull().ShouldContain("acme/contact");
        refused.Description.ShouldContain("48002");

        await host.AddAsync(at: host.Time.GetUtcNow().AddSeconds(1));

        (await health.CheckHealthAsync(new HealthCheckContext())).Status.ShouldBe(HealthStatus.Healthy);
    }

    /// <summary>A run that claims the add and ends without a word, long enough ago for its claim to be over.</summary>
    private static async Task DieAsync(FeatureHost host, Guid id)
    {
        var now = host.Time.GetUtcNow();
        await host.State.WriteAsync(s => GreetingLedger.TryClaimAsync(s, new RelationKey("acme", "zhang", "wm1"), id, now, true, "contact", "dead", now, TimeSpan.FromMilliseconds(1)));
    }

    private static async Task MissedAsync(FeatureHost host)
    {
        while ((await host.State.ReadAsync(s => GreetingLedger.FindAsync(s, new RelationKey("acme", "zhang", "wm1"))))?.Outcome is null) await Task.Delay(5);
    }

    private static async Task<Greeting> LedgerAsync(FeatureHost host) => (await host.State.ReadAsync(s => GreetingLedger.FindAsync(s, new RelationKey("acme", "zhang", "wm1")))).ShouldNotBeNull();

    private static Task<FeatureHost> StartAsync() => FeatureHost.StartAsync(bus => bus.AddWelcome(), [.. Rules, .. OtherApp]);
}

internal static class GreetingRefusals
{
    /// <summary>The next calls that greet are refused with these codes.</summary>
    public static void Refuses(this FeatureHost host, params int[] codes) => host.Wecom.Fails(WecomPaths.SendWelcomeMessage, [.. codes.Select(code => FakeWecom.Refusal(code))]);

    public static string MissedReason(this FeatureHost host) => host.PublishedOf<WelcomeMissed>().ShouldHaveSingleItem().Reason;
}
