using MassTransit;
using WecomBridge.State;
using WecomBridge.Tests.Features;
using WecomBridge.Wecom.Api;
using WecomBridge.Wecom.Callbacks;
using WecomBridge.Welcome;
using WecomBridge.Work;

namespace WecomBridge.Tests.Welcome;

public class StaffNoticeTests
{
    private static readonly (string, string?)[] Settings =
        [("Welcome:Rules:0:Name", "store"), ("Welcome:Rules:0:Text", "Hi"), ("Welcome:NotifyStaff", "true"), ("Wecom:Corps:acme:Apps:contact:AgentId", "1000002")];

    [Fact]
    public async Task A_member_is_told_of_a_greeting_that_WeCom_refused()
    {
        await using var host = await StartAsync();
        await MissAsync(host);

        await LaterAsync(host);

        var told = Told(host).ShouldHaveSingleItem();
        told.Touser.ShouldBe("zhang");
        told.Agentid.ShouldBe(1000002);
        told.EnableDuplicateCheck.ShouldBe(1);
        told.Text!.Content.ShouldBe(
            "有 1 位新客户没有收到欢迎语（rejected），请主动打个招呼。 1 new customer(s) were not greeted (rejected). Please say hello.");
        (await host.State.ReadAsync(s => WorkStore.CountAsync(s, WorkLane.Notices, host.Time.GetUtcNow()))).ShouldBe(new WorkCounts(0, 0, 0, 0, null));
    }

    [Fact]
    public async Task What_one_member_missed_within_a_minute_is_one_message_and_other_members_have_their_own()
    {
        await using var host = await StartAsync(("Welcome:StaffNotice", "{{missed.count}} {{missed.reason}} {{channel.state}} {{customer.externalUserId}} {{staff.userId}}"));
        await MissAsync(host, "wm1");
        host.Time.Advance(TimeSpan.FromSeconds(20));
        await MissAsync(host, "wm2");
        await MissAsync(host, "wm3", "li");
        await MissAsync(host, "wm4", "ZHANG", code: 41050);

        await LaterAsync(host);

        Told(host).Select(t => t.Text!.Content).ShouldBe(["3 expired, rejected store-7 wm4 ZHANG", "1 rejected store-7 wm3 li"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_member_gets_at_most_one_message_a_minute_whatever_happens()
    {
        await using var host = await StartAsync();
        for (var i = 0; i < 30 * 60; i++)
        {
            await MissAsync(host, $"wm{i}");
            host.Time.Advance(TimeSpan.FromSeconds(2));
            await host.WorkAsync(WorkLane.Notices);
        }

        await LaterAsync(host);
        await LaterAsync(host);
        Told(host).Count.ShouldBeInRange(50, 62);
        Told(host).Sum(t => int.Parse(t.Text!.Content.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(30 * 60);
    }

    [Theory]
    [InlineData(41051)]
    [InlineData(41053)]
    public async Task Nobody_is_told_where_a_word_of_theirs_would_not_help(int code)
    {
        await using var host = await StartAsync();
        await MissAsync(host, code: code);

        await LaterAsync(host);

        Told(host).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_is_told_unless_the_settings_want_it()
    {
        await using var host = await StartAsync(("Welcome:NotifyStaff", "false"));
        await MissAsync(host);

        await LaterAsync(host);

        Told(host).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_half_add_and_an_add_that_are_both_missed_are_told_once()
    {
        await using var host = await StartAsync();
        await MissAsync(host, change: ExternalContactChange.HalfAdded);
        await LaterAsync(host);
        await MissAsync(host);

        await LaterAsync(host);

        Told(host).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_customer_who_is_greeted_after_all_is_not_told_of()
    {
        await using var host = await StartAsync();
        await MissAsync(host, change: ExternalContactChange.HalfAdded);
        host.Time.Advance(TimeSpan.FromSeconds(5));
        await host.GreetAsync();

        await LaterAsync(host);

        Told(host).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_whose_answer_was_lost_is_repeated_word_for_word_and_news_goes_into_the_next()
    {
        await using var host = await StartAsync();
        await MissAsync(host);
        host.Wecom.Fails(WecomPaths.MessageSend, FakeWecom.Unanswered(WecomPaths.MessageSend));
        await LaterAsync(host);
        await MissAsync(host, "wm2");

        host.Time.Advance(TimeSpan.FromSeconds(2));
        await host.WorkAsync(WorkLane.Notices);
        await LaterAsync(host);
        await LaterAsync(host);

        var texts = Told(host).Select(t => t.Text!.Content).ToList();
        texts.Count.ShouldBe(3);
        texts.Distinct().ShouldHaveSingleItem().ShouldContain("有 1 位");
    }

    [Fact]
    public async Task A_lost_answer_is_not_asked_for_again_once_WeCom_would_tell_twice()
    {
        await using var host = await StartAsync();
        await MissAsync(host);
        host.Wecom.Fails(WecomPaths.MessageSend, FakeWecom.Unanswered(WecomPaths.MessageSend));
        await LaterAsync(host);

        await LaterAsync(host);

        Told(host).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_refused_message_is_sent_again_with_what_came_meanwhile()
    {
        await using var host = await StartAsync();
        await MissAsync(host);
        host.Wecom.Fails(WecomPaths.MessageSend, FakeWecom.Refusal(45009, WecomPaths.MessageSend));
        await LaterAsync(host);
        await MissAsync(host, "wm2");

        await LaterAsync(host);

        Told(host)[^1].Text!.Content.ShouldContain("有 2 位");
    }

    [Fact]
    public async Task News_of_more_than_an_hour_is_dropped_without_a_word()
    {
        await using var host = await StartAsync();
        await MissAsync(host);
        host.Wecom.Fails(WecomPaths.MessageSend, FakeWecom.Refusal(60020, WecomPaths.MessageSend));
        await LaterAsync(host);

        host.Time.Advance(TimeSpan.FromHours(1));
        (await host.WorkAsync(WorkLane.Notices)).ShouldBeEmpty();

        Told(host).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_app_that_cannot_send_leaves_it_to_one_that_can()
    {
        await using var before = await StartAsync();
        await using var after = before.StartBeside(
            Feature,
            [
                .. Settings, ("Wecom:Corps:acme:Apps:contact:Secret", null), ("Wecom:Corps:acme:Apps:contact:AgentId", null),
                ("Wecom:Corps:acme:Apps:office:Secret", "s"), ("Wecom:Corps:acme:Apps:office:AgentId", "7"), ("Wecom:Corps:acme:Apps:office:Keys:0:Token", "t"), ("Wecom:Corps:acme:Apps:office:Keys:0:EncodingAesKey", new string('a', 43)),
            ]);
        await MissAsync(before);

        await LaterAsync(after);

        Told(after).ShouldHaveSingleItem().Agentid.ShouldBe(7);
    }

    [Fact]
    public async Task A_member_who_cannot_be_reached_is_left_alone()
    {
        await using var host = await StartAsync();
        await MissAsync(host);
        host.Wecom.Fails(WecomPaths.MessageSend, FakeWecom.Refusal(81013, WecomPaths.MessageSend));
        host.Time.Advance(TimeSpan.FromSeconds(70));

        (await host.WorkAsync(WorkLane.Notices)).ShouldBeEmpty();
        await LaterAsync(host);

        Told(host).ShouldHaveSingleItem();
    }

    private static void Feature(IBusRegistrationConfigurator bus)
    {
        bus.AddWelcome();
        bus.AddWelcomeWork();
    }

    private static Task<FeatureHost> StartAsync(params (string, string?)[] changes) =>
        FeatureHost.StartAsync(Feature, [.. Settings, .. changes]);

    private static IReadOnlyList<CgibinMessageSendRequest> Told(FeatureHost host) => host.Wecom.CallsOf<CgibinMessageSendRequest>();

    private static Task MissAsync(FeatureHost host, string customer = "wm1", string staff = "zhang", int code = 40058, ExternalContactChange change = ExternalContactChange.Added)
    {
        host.Wecom.Fails(WecomPaths.SendWelcomeMessage, FakeWecom.Refusal(code));
        return host.GreetAsync(customer, staff, change: change);
    }

    private static async Task LaterAsync(FeatureHost host)
    {
        host.Time.Advance(TimeSpan.FromSeconds(70));
        await host.WorkAsync(WorkLane.Notices);
    }
}
