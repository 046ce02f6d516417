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

        host.Sent().Count.ShouldBeInRange(3, 5);
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

        await host.AddAsync();

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
    public async Task Two_apps_with_codes_of_their_own_are_one_greeting()
    {
        await using var host = await StartAsync();
        var id = Guid.NewGuid();

        await host.AddAsync(id: id);
        await host.AddAsync(id: id, code: "code-2", app: "other");

        host.SentText().ShouldBe("Hello");
        host.PublishedOf<WelcomeMissed>().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_app_that_got_a_code_greets_where_the_other_got_none()
    {
        await using var host = await StartAsync();
        var id = Guid.NewGuid();

        await host.AddAsync(id: id, code: null, app: "other");
        await host.AddAsync(id: id);

        host.SentText().ShouldBe("Hello");
        (await host.State.ReadAsync(s => GreetingLedger.FindAsync(s, new RelationKey("acme", "zhang", "wm1")))).ShouldNotBeNull().Outcome.ShouldBe(GreetingOutcome.Sent);
    }

    private static Task<FeatureHost> StartAsync() => FeatureHost.StartAsync(bus => bus.AddWelcome(), Rules);
}

internal static class GreetingRefusals
{
    /// <summary>The next calls that greet are refused with these codes.</summary>
    public static void Refuses(this FeatureHost host, params int[] codes) => host.Wecom.Fails(WecomPaths.SendWelcomeMessage, [.. codes.Select(code => FakeWecom.Refusal(code))]);

    public static string MissedReason(this FeatureHost host) => host.PublishedOf<WelcomeMissed>().ShouldHaveSingleItem().Reason;
}
