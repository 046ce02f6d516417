using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using WecomBridge.Contracts;
using WecomBridge.Crm;
using WecomBridge.Rules;
using WecomBridge.Tests.Contracts;
using WecomBridge.Tests.Features;
using WecomBridge.Tests.Welcome;
using WecomBridge.Wecom.Api;
using WecomBridge.Welcome;

namespace WecomBridge.Tests.Docs;

/// <summary>The examples of the two greeting pages do what the pages say.</summary>
public sealed class GreetingExamplesTests
{
    private static readonly IReadOnlyList<string> English = MarkdownPages.Blocks(RepositoryFiles.PathOf("docs", "greetings.md"), "json");
    private static readonly IReadOnlyList<string> Chinese = MarkdownPages.Blocks(RepositoryFiles.PathOf("docs", "greetings.zh.md"), "json");
    private static readonly string[] Words = ["Text", "Title", "Description"];

    public GreetingExamplesTests() => Environment.SetEnvironmentVariable("CRM_TOKEN", "crm-token");

    [Fact]
    public void Both_pages_show_the_same_settings_in_their_own_words()
    {
        English.Count.ShouldBe(5);
        Chinese.Select(WithoutWords).ShouldBe(English.Select(WithoutWords));
        foreach (var page in new[] { English, Chinese }) page.Distinct().Count().ShouldBe(5);
    }

    [Theory]
    [InlineData("greetings.md")]
    [InlineData("greetings.zh.md")]
    public void A_page_names_every_word(string page)
    {
        var text = File.ReadAllText(RepositoryFiles.PathOf("docs", page));
        var reasons = typeof(WelcomeMissReasons).GetFields().Concat(typeof(AddWays).GetFields()).Select(field => (string)field.GetRawConstantValue()!);
        var words = reasons.Concat(FactOps.All).Concat(typeof(When).GetProperties().Select(condition => condition.Name)).Concat(GreetingFields.Example([], "").SelectMany(group => group.Value.Keys.Select(name => $"{group.Key}.{name}")));

        words.Where(word => !text.Contains($"`{word}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2026-03-02T12:00", "Hello, Lin! This is Zhang San. How can I help you?", "您好，Lin！我是Zhang San，请问有什么可以帮您？")]
    [InlineData("2026-03-02T21:00", "Thank you for adding us! We are here from 9 to 21 and will answer in the morning.", "感谢添加！我们的服务时间是 9 点到 21 点，明早回复您。")]
    [InlineData("2026-03-07T12:00", "Thank you for adding us! We are back on Monday at 9 and will answer then.", "感谢添加！我们周一 9 点上班，届时回复您。")]
    public Task Opening_hours_and_night(string time, string english, string chinese) => GreetAsync(1, new Visit { Time = time }, english, chinese);

    [Fact]
    public Task Outside_the_reach_of_look_ups_the_day_greets_without_names() =>
        GreetAsync(1, new Visit { Breaks = [WecomPaths.UserGet, WecomPaths.ExternalContactGet] }, "Hello! This is your adviser. How can I help you?", "您好！我是您的顾问，请问有什么可以帮您？");

    [Theory]
    [InlineData("store-7", 1, "Welcome to our store! Today's offers are below.", "欢迎光临本店！今日优惠见下方。", 1)]
    [InlineData("store-7", 3, "Hello, nice to meet you!", "您好，很高兴认识您！", 0)]
    [InlineData("ad", 16, "Thank you for your interest! What would you like to know?", "感谢您的关注！您想了解什么？", 0)]
    [InlineData(null, 2, "Hello, nice to meet you!", "您好，很高兴认识您！", 0)]
    public Task Stores_with_a_link(string? state, int addWay, string english, string chinese, int attachments) => GreetAsync(2, new Visit { State = state, AddWay = addWay }, english, chinese, attachments);

    [Theory]
    [InlineData("level=gold,name=Lin Wei", "Hello, Lin Wei, good to see you. As a gold member you reach us here first.", "Lin Wei，您好！您是gold会员，在这里可以优先联系我们。")]
    [InlineData("level=gold,blocked=true,name=Lin Wei", "Hello, Lin Wei, welcome back!", "Lin Wei，欢迎回来！")]
    [InlineData("level=gold,birthday=1990-03-15", "Happy birthday month! A present waits for you in the shop.", "祝您生日月快乐！店里为您准备了礼物。")]
    [InlineData("level=silver,birthday=1990-04-15", "Hello, welcome back!", "欢迎回来！")]
    [InlineData(null, "Hello! Shall we set up your membership?", "您好！需要为您开通会员吗？")]
    public Task Members_whom_the_CRM_knows(string? facts, string english, string chinese) => GreetAsync(3, new Visit { Facts = facts }, english, chinese);

    [Theory]
    [InlineData("2026-10-01T00:00", "Happy National Day! We are on duty from 10 to 16.", "国庆快乐！假期我们 10 点到 16 点值班。")]
    [InlineData("2026-12-31T23:59", "Happy New Year! We answer from 2 January.", "新年快乐！我们 1 月 2 日起回复您。")]
    [InlineData("2031-01-01T08:00", "Happy New Year! We answer from 2 January.", "新年快乐！我们 1 月 2 日起回复您。")]
    [InlineData("2026-10-08T00:00", "Hello, nice to meet you!", "您好，很高兴认识您！")]
    public Task Festivals(string time, string english, string chinese) => GreetAsync(4, new Visit { Time = time }, english, chinese);

    [Theory]
    [InlineData(2, 1, null, "Good day, this is Zhang San. Pleased to work with you.", "您好，我是Zhang San，期待与您合作。")]
    [InlineData(1, 12, null, "Hello, this is after-sales. Please send your order number and a photo.", "您好，这里是售后。请发送订单号和照片。")]
    [InlineData(1, 1, "Lifecycle/Customer since 2020", "Good to have you back! Is it about your last order?", "欢迎回来！是关于上次的订单吗？")]
    [InlineData(1, 1, "Lifecycle/Lead", "Hello, nice to meet you!", "您好，很高兴认识您！")]
    public Task Partners_and_departments(int kind, long department, string? tag, string english, string chinese) => GreetAsync(5, new Visit { Kind = kind, Department = department, Tag = tag }, english, chinese);

    /// <summary>A customer who comes.</summary>
    private sealed record Visit
    {
        /// <summary>As the clock in Shanghai shows it.</summary>
        public string Time { get; init; } = "2026-03-02T12:00";

        public string? State { get; init; }

        public int AddWay { get; init; } = 1;

        public int Kind { get; init; } = 1;

        public long Department { get; init; } = 1;

        public string? Tag { get; init; }

        /// <summary>What the CRM knows, as <c>name=value</c>; null for nobody.</summary>
        public string? Facts { get; init; }

        public IReadOnlyList<string> Breaks { get; init; } = [];
    }

    private static async Task GreetAsync(int example, Visit visit, string english, string chinese, int attachments = 0)
    {
        (await GreetAsync(English[example - 1], visit)).ShouldBe((english, attachments));
        (await GreetAsync(Chinese[example - 1], visit)).ShouldBe((chinese, attachments));
    }

    private static async Task<(string Text, int Attachments)> GreetAsync(string settings, Visit visit)
    {
        await using var host = await FeatureHost.StartAsync(bus => bus.AddWelcome(), Flatten(settings));
        host.Wecom.Member = new CgibinUserGetResponse { Name = "Zhang San", Department = [visit.Department] };
        host.Wecom.Contact = WelcomeRun.Contact(kind: visit.Kind, addWay: visit.AddWay, tags: visit.Tag is null ? [] : [visit.Tag]);
        host.Crm = _ => visit.Facts is null ? null : Match(visit.Facts);
        foreach (var api in visit.Breaks) host.Wecom.Fails(api, FakeWecom.Refusal(-1, api));
        var at = new DateTimeOffset(DateTime.Parse(visit.Time, null), TimeSpan.FromHours(8)).ToUniversalTime();
        if (at > host.Time.GetUtcNow()) host.Time.Advance(at - host.Time.GetUtcNow());

        await host.AddAsync(state: visit.State, at: at);

        var sent = host.Sent().ShouldHaveSingleItem();
        return (sent.Text!.Content, sent.Attachments?.Count ?? 0);
    }

    private static CrmMatch Match(string facts) => new()
    {
        Id = "7", Fields = facts.Split(',').Select(fact => fact.Split('=')).ToDictionary(fact => fact[0], fact => fact[1]), MatchedBy = CrmKey.UnionId, Confidence = CrmConfidence.Certain, Source = "http", Age = TimeSpan.Zero,
    };

    private static (string, string?)[] Flatten(string settings)
    {
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(settings));
        return [.. new ConfigurationBuilder().AddJsonStream(text).Build().AsEnumerable().Where(setting => setting.Value is not null).Select(setting => (setting.Key, setting.Value))];
    }

    private static string WithoutWords(string settings)
    {
        var root = JsonNode.Parse(settings)!;
        Strip(root);
        return root.ToJsonString();
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items) Strip(item);
        }
        else if (node is JsonObject members)
        {
            foreach (var word in Words.Where(members.ContainsKey)) members[word] = "";
            foreach (var (_, member) in members) Strip(member);
        }
    }
}
