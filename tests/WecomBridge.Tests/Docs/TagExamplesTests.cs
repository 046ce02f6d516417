using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using WecomBridge.Contracts;
using WecomBridge.Crm;
using WecomBridge.Tags;
using WecomBridge.Tests.Contracts;
using WecomBridge.Tests.Features;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Tests.Docs;

/// <summary>The examples of the two pages about tags do what the pages say.</summary>
public sealed class TagExamplesTests
{
    private static readonly Dictionary<string, IReadOnlyList<string>> Pages = new[] { "tags.md", "tags.zh.md" }.ToDictionary(page => page, page => MarkdownPages.Blocks(RepositoryFiles.PathOf("docs", page), "json"));

    [Theory]
    [InlineData("tags.md")]
    [InlineData("tags.zh.md")]
    public void A_page_shows_five_blocks_and_names_every_word(string page)
    {
        Pages[page].Count.ShouldBe(5);
        var text = File.ReadAllText(RepositoryFiles.PathOf("docs", page));
        var words = Enum.GetNames<TagGroupOwner>().Concat(Enum.GetNames<TagGroupMode>()).Concat(typeof(TagOwners).GetFields().Select(field => (string)field.GetRawConstantValue()!));
        words.Where(word => !text.Contains($"`{word}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("tags.md", "store-7", "Channel/Store")]
    [InlineData("tags.md", "expo-a", "Channel/Expo")]
    [InlineData("tags.md", "web", null)]
    [InlineData("tags.zh.md", "store-7", "渠道/门店")]
    [InlineData("tags.zh.md", "expo-a", "渠道/展会")]
    public async Task Channels(string page, string state, string? tag)
    {
        await using var host = await StartAsync(page, 0, state);

        await WorkAsync(host);

        host.Wecom.TagsOf("zhang").ShouldBe(tag is null ? [] : [tag]);
    }

    [Theory]
    [InlineData("tags.md", "Stage/Lead", "Stage/Customer", "Stage/Asleep")]
    [InlineData("tags.zh.md", "阶段/线索", "阶段/客户", "阶段/沉睡")]
    public async Task A_stage_that_follows_the_CRM(string page, string lead, string customer, string asleep)
    {
        await using var host = await StartAsync(page, 1);
        await WorkAsync(host);
        host.Wecom.TagsOf("zhang").ShouldBe([lead]);

        host.Crm = _ => new CrmMatch { Id = "7", Fields = new Dictionary<string, string> { ["id"] = "7", ["lastOrder"] = "2026-03-01" }, MatchedBy = CrmKey.UnionId, Confidence = CrmConfidence.Certain, Source = "http", Age = TimeSpan.Zero };
        host.Time.Advance(TagPlan.Settling);
        await WorkAsync(host);
        host.Wecom.TagsOf("zhang").ShouldBe([customer]);

        host.Time.Advance(TimeSpan.FromDays(91));
        await host.Get<TagSweep>().LookAsync(default);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        (await host.WorkAsync(WorkLane.Tags)).ShouldBeEmpty();
        host.Wecom.TagsOf("zhang").ShouldBe([asleep]);
    }

    [Theory]
    [InlineData("tags.md", "Care/VIP")]
    [InlineData("tags.zh.md", "服务/贵宾")]
    public async Task Tags_that_the_CRM_decides(string page, string tag)
    {
        await using var host = await StartAsync(page, 2);
        var command = JsonSerializer.Deserialize<ApplyTags>(Pages[page][3])! with { Corp = "acme" };

        await host.DispatchAsync(command);
        (await host.WorkAsync(WorkLane.Tags)).ShouldBeEmpty();

        host.Wecom.TagsOf("zhang").ShouldBe([tag]);
        host.PublishedOf<ProfileTagsChanged>().ShouldHaveSingleItem().Added.ShouldHaveSingleItem().Owner.ShouldBe(TagOwners.Crm);
    }

    [Theory]
    [InlineData("tags.md", "Grade", "Golden", "Level/Gold")]
    [InlineData("tags.zh.md", "级别", "黄金", "等级/金卡")]
    public async Task A_group_that_the_machine_keeps_alone_renamed(string page, string group, string former, string tag)
    {
        await using var host = await StartAsync(page, 4);
        host.Wecom.Groups.Add(new CorpTagGroup { GroupId = "g1", GroupName = group, Tag = [new CorpTag { Id = "t1", Name = former }] });
        await WorkAsync(host);
        host.Wecom.TagsOf("zhang").ShouldBe([tag]);
        host.Wecom.CallsOf<CgibinExternalContactAddCorpTagRequest>().ShouldBeEmpty();

        host.Wecom.EditTags("zhang", [], tag);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await WorkAsync(host);

        host.Wecom.TagsOf("zhang").ShouldBe([tag]);
    }

    private static async Task<FeatureHost> StartAsync(string page, int block, string state = "web")
    {
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(Pages[page][block]));
        var settings = new ConfigurationBuilder().AddJsonStream(text).Build().AsEnumerable().Where(setting => setting.Value is not null).Select(setting => (setting.Key, setting.Value)).ToArray();
        var host = await FeatureHost.StartAsync(bus => bus.AddTags(), settings);
        host.Wecom.Contact = new CgibinExternalContactGetResponse { ExternalContact = new ExternalContact { ExternalUserid = "wm1", Unionid = "u1" }, FollowUser = [new FollowUser { Userid = "zhang", State = state, Createtime = FeatureHost.Now.ToUnixTimeSeconds() }] };
        return host;
    }

    private static async Task WorkAsync(FeatureHost host)
    {
        await host.AddedAsync();
        (await host.WorkAsync(WorkLane.Tags)).ShouldBeEmpty();
    }
}
