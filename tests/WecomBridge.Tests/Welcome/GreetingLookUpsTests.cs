using System.Text;
using WecomBridge.Contracts;
using WecomBridge.Crm;
using WecomBridge.State;
using WecomBridge.Tests.Features;
using WecomBridge.Wecom.Api;
using WecomBridge.Wecom.Callbacks;
using WecomBridge.Welcome;

namespace WecomBridge.Tests.Welcome;

/// <summary>What greetings find out about the two, and how little they wait for it.</summary>
public class GreetingLookUpsTests
{
    private static readonly (string, string?)[] Crm =
    [
        ("Crm:Provider", "Http"), ("Crm:Http:BaseUrl", "https://crm.example/"), ("Crm:Http:FindByUnionId", "c?u={unionId}"), ("Crm:Http:Fields:id", "/0/id"), ("Crm:Http:Fields:level", "/0/level"),
    ];

    [Fact]
    public async Task Nothing_is_looked_up_for_a_rule_that_is_certain_and_a_text_without_names()
    {
        await using var host = await StartAsync(("State:0", "store-*", "Welcome"), ("Crm", "Known", "Hi {{crm.level}}"), (null, null, "Hi {{customer.name}}"));

        await host.AddAsync();

        host.SentText().ShouldBe("Welcome");
        host.Wecom.Calls.ShouldHaveSingleItem();
        host.CrmQueries.ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_what_the_text_names_is_looked_up()
    {
        await using var host = await StartAsync((null, null, "{{#if staff.name}}{{staff.name}} here{{else}}Hello{{/if}}"));
        host.Wecom.Member = new CgibinUserGetResponse { Name = "Zhang San", Department = [12] };

        await host.AddAsync();

        host.SentText().ShouldBe("Zhang San here");
        host.Wecom.CallsOf<CgibinUserGetRequest>().ShouldHaveSingleItem().Userid.ShouldBe("zhang");
        host.Wecom.CallsOf<CgibinExternalContactGetRequest>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Department:0", "12", "Department:0", "13")]
    [InlineData("AddWay:0", "qr_code", "AddWay:0", "card")]
    [InlineData("Kind:0", "wechat", "Kind:0", "wecom")]
    [InlineData("Stage:0", "Level/*", "Stage:0", "Level/Silver")]
    [InlineData("Crm", "Known", "Crm", "Unknown")]
    [InlineData("Apps:0", "contact", "Apps:0", "other")]
    [InlineData("Dates:0", "03-01..03-02", "Dates:0", "2026-03-03")]
    public async Task A_rule_is_chosen_by_what_was_found(string fitting, string value, string other, string otherValue)
    {
        await using var host = await StartAsync((other, otherValue, "wrong"), (fitting, value, "right"), (null, null, "neither"));
        Know(host);

        await host.AddAsync();

        host.SentText().ShouldBe("right");
        host.PublishedOf<WelcomeSent>().ShouldHaveSingleItem().Rule.ShouldBe("rule1");
    }

    [Fact]
    public async Task The_CRM_is_asked_by_union_id_and_by_the_mobiles_that_staff_noted()
    {
        await using var host = await StartAsync((null, null, "A {{crm.level}} member, {{customer.name}}"));
        Know(host);

        await host.AddAsync();

        host.SentText().ShouldBe("A gold member, Lin");
        var query = host.CrmQueries.ShouldHaveSingleItem();
        (query.UnionId, query.Mobiles.Single(), query.ExternalUserId).ShouldBe(("u1", "13800000000", "wm1"));
        host.Wecom.CallsOf<CgibinExternalContactGetRequest>().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(48002)]
    [InlineData(45009)]
    [InlineData(60011)]
    [InlineData(-1)]
    public async Task A_look_up_that_fails_leaves_its_fields_empty_and_its_rules_unmatched(int code)
    {
        await using var host = await StartAsync(("Crm", "Known", "known"), ("Crm", "Unknown", "unknown"), ("Department:0", "12", "twelve"), ("Kind:0", "wechat", "wechat"), (null, null, "Hello{{customer.name}}{{staff.name}}{{crm.level}}"));
        Know(host);
        host.Wecom.Fails(WecomPaths.ExternalContactGet, FakeWecom.Refusal(code, WecomPaths.ExternalContactGet));
        host.Wecom.Fails(WecomPaths.UserGet, FakeWecom.Refusal(code, WecomPaths.UserGet));
        var before = host.Time.GetUtcNow();

        await host.AddAsync();

        host.SentText().ShouldBe("Hello");
        host.Time.GetUtcNow().ShouldBe(before);
    }

    [Fact]
    public async Task A_CRM_that_fails_makes_nobody_unknown()
    {
        await using var host = await StartAsync(("Crm", "Unknown", "unknown"), (null, null, "Hello {{customer.name}}"));
        Know(host);
        host.Crm = _ => throw new CrmException(WecomFailure.Transient, "The CRM is away.");

        await host.AddAsync();

        host.SentText().ShouldBe("Hello Lin");
    }

    [Fact]
    public async Task A_CRM_that_could_not_be_asked_makes_nobody_unknown()
    {
        await using var host = await StartAsync(("Crm", "Unknown", "unknown"), (null, null, "Hello"));
        Know(host);
        host.Crm = _ => null;
        host.Wecom.Contact = new CgibinExternalContactGetResponse { ExternalContact = new ExternalContact { ExternalUserid = "wm1", Name = "Lin" }, FollowUser = [new FollowUser { Userid = "zhang" }] };

        await host.AddAsync();

        host.SentText().ShouldBe("Hello");
    }

    [Theory]
    [InlineData(WecomPaths.ExternalContactGet)]
    [InlineData(WecomPaths.UserGet)]
    public async Task Nothing_is_waited_for_longer_than_settings_allow(string slow)
    {
        await using var host = await StartAsync(("Crm", "Known", "known"), (null, null, "Hello {{customer.name}}{{staff.name}}"));
        Know(host);
        var never = new TaskCompletionSource();
        host.Wecom.During = api => api == slow ? never.Task : Task.CompletedTask;
        var before = host.Time.GetUtcNow();

        await host.AddAsync(timePasses: true);

        host.SentText().ShouldStartWith(slow == WecomPaths.UserGet ? "known" : "Hello Zhang San");
        (host.Time.GetUtcNow() - before).ShouldBeInRange(slow == WecomPaths.UserGet ? TimeSpan.Zero : TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(3));
        never.SetResult();
    }

    [Fact]
    public async Task Near_the_deadline_a_greeting_goes_without_looking_anything_up()
    {
        await using var host = await StartAsync(("Crm", "Known", "known"), (null, null, "Hello{{customer.name}}"));
        Know(host);

        await host.AddAsync(at: host.Time.GetUtcNow().AddSeconds(-14));

        host.SentText().ShouldBe("Hello");
        host.Wecom.Calls.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_relation_that_WeCom_does_not_know_yet_is_asked_for_again_but_not_that_of_a_half_add()
    {
        await using var host = await StartAsync((null, null, "Hello {{customer.name}}"));
        Know(host);
        host.Wecom.Fails(WecomPaths.ExternalContactGet, FakeWecom.Refusal(84061, WecomPaths.ExternalContactGet), FakeWecom.Refusal(40096, WecomPaths.ExternalContactGet));
        await host.AddAsync(timePasses: true);
        host.SentText().ShouldBe("Hello Lin");

        await using var half = await StartAsync((null, null, "Hello{{customer.name}}"));
        half.Wecom.Fails(WecomPaths.ExternalContactGet, FakeWecom.Refusal(84061, WecomPaths.ExternalContactGet), FakeWecom.Refusal(84061, WecomPaths.ExternalContactGet));
        await half.AddAsync(change: ExternalContactChange.HalfAdded);
        half.SentText().ShouldBe("Hello");
        half.Wecom.CallsOf<CgibinExternalContactGetRequest>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Slow_look_ups_do_not_let_the_claim_lapse()
    {
        await using var host = await StartAsync([("Welcome:LookUpWithin", "00:00:08")], (null, null, "Hello{{customer.name}}"));
        var never = new TaskCompletionSource();
        host.Wecom.During = api => api == WecomPaths.ExternalContactGet ? never.Task : Task.CompletedTask;

        await host.AddAsync(timePasses: true);

        host.SentText().ShouldBe("Hello");
        (await host.State.ReadAsync(s => GreetingLedger.FindAsync(s, new RelationKey("acme", "zhang", "wm1")))).ShouldNotBeNull().Outcome.ShouldBe(GreetingOutcome.Sent);
        never.SetResult();
    }

    [Fact]
    public async Task Values_are_text_whatever_they_look_like()
    {
        const string hostile = "{{staff.userId}} {{#each}} <b>&amp; \"';--\n{{";
        await using var host = await StartAsync((null, null, "Hi {{customer.name}}|{{crm.level}}|{{channel.state}}|{{#if customer.name}}named{{/if}}"));
        Know(host);
        host.Wecom.Contact = WelcomeRun.Contact(hostile);
        host.Crm = query => Match(query, hostile);

        await host.AddAsync(state: hostile);

        host.SentText().ShouldBe($"Hi {hostile}|{hostile}|{hostile}|named");
    }

    [Fact]
    public async Task A_text_that_grows_too_long_is_cut_between_two_characters()
    {
        await using var host = await StartAsync((null, null, "x{{customer.name}}"));
        host.Wecom.Contact = WelcomeRun.Contact(string.Concat(Enumerable.Repeat("好👩‍👧", 400)));

        await host.AddAsync();

        var text = host.SentText();
        Encoding.UTF8.GetByteCount(text).ShouldBeInRange(3980, 4000);
        (text.EndsWith('好') || text.EndsWith("👩‍👧", StringComparison.Ordinal)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_event_is_repeated_with_the_rule_that_was_looked_up()
    {
        await using var host = await StartAsync(("Crm", "Known", "known"), (null, null, "Hello"));
        Know(host);
        var id = Guid.NewGuid();

        await host.AddAsync(id: id);
        var calls = host.Wecom.Calls.Count;
        host.Crm = _ => null;
        await host.AddAsync(id: id);

        host.Wecom.Calls.Count.ShouldBe(calls);
        host.PublishedOf<WelcomeSent>().Select(sent => sent.Rule).ShouldBe(["rule0", "rule0"]);
        host.Published.Select(message => message.Id).Distinct().ShouldHaveSingleItem();
    }

    private static void Know(FeatureHost host)
    {
        host.Wecom.Member = new CgibinUserGetResponse { Name = "Zhang San", Department = [12] };
        host.Wecom.Contact = WelcomeRun.Contact(tags: ["Level/Gold"]);
        host.Crm = query => Match(query, "gold");
    }

    private static CrmMatch Match(CrmQuery query, string level) => new()
    {
        Id = query.ExternalUserId, Fields = new Dictionary<string, string> { ["id"] = "7", ["level"] = level }, MatchedBy = CrmKey.UnionId, Confidence = CrmConfidence.Certain, Source = "http", Age = TimeSpan.Zero,
    };

    private static Task<FeatureHost> StartAsync(params (string? Condition, string? Value, string Text)[] rules) => StartAsync([], rules);

    private static Task<FeatureHost> StartAsync((string, string?)[] settings, params (string? Condition, string? Value, string Text)[] rules)
    {
        var all = new List<(string, string?)>([.. Crm, .. settings]);
        for (var n = 0; n < rules.Length; n++)
        {
            all.Add(($"Welcome:Rules:{n}:Name", $"rule{n}"));
            all.Add(($"Welcome:Rules:{n}:Text", rules[n].Text));
            if (rules[n].Condition is { } condition) all.Add(($"Welcome:Rules:{n}:When:{condition}", rules[n].Value));
        }

        return FeatureHost.StartAsync(bus => bus.AddWelcome(), [.. all]);
    }
}
