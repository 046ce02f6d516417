using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;
using WecomBridge.Contracts;
using WecomBridge.Operations;
using WecomBridge.Profiles;
using WecomBridge.State;
using WecomBridge.Tests.Contracts;
using WecomBridge.Tests.Docs;
using WecomBridge.Tests.Features;
using WecomBridge.Tests.Operations;
using WecomBridge.Work;

namespace WecomBridge.Tests.Profiles;

/// <summary>The page of one customer, as docs/operations.md shows it.</summary>
public sealed class ProfilePageTests
{
    private static readonly string Page = RepositoryFiles.PathOf("docs", "operations.md");

    /// <summary>What the shown command asks for.</summary>
    public static string ShownPath => MarkdownPages.Blocks(Page, "bash").Single(block => block.Contains("/profiles/", StringComparison.Ordinal)).Trim().Split("127.0.0.1:9090")[1];

    [Fact]
    public async Task The_shown_call_gives_the_shown_answer()
    {
        await using var host = await KnownCustomerAsync();
        await using var pages = await OperationsHost.StartWithTokensAsync(host.Get<IEnumerable<IOperationsPages>>().Single());

        using var answer = await pages.ReadAsync(ShownPath);

        var shown = JsonNode.Parse(MarkdownPages.Blocks(Page, "json")[^1])!;
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.ToJsonString().ShouldBe(shown.ToJsonString());
    }

    [Theory]
    [InlineData("/profiles/acme/wmNobody")]
    [InlineData("/profiles/elsewhere/wm1")]
    public async Task An_unknown_corp_or_customer_is_404(string path)
    {
        await using var host = await KnownCustomerAsync();
        await using var pages = await OperationsHost.StartWithTokensAsync(host.Get<IEnumerable<IOperationsPages>>().Single());

        using var answer = await pages.ReadAsync(path);

        ((int)answer.StatusCode).ShouldBe(404);
        MarkdownPages.All().Select(File.ReadAllText).ShouldContain(text => text.Contains(answer.Content.ReadAsStringAsync().GetAwaiter().GetResult(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_is_personal_and_needs_a_token()
    {
        await using var host = await KnownCustomerAsync();
        await using var pages = await OperationsHost.StartWithTokensAsync(host.Get<IEnumerable<IOperationsPages>>().Single());

        using var answer = await pages.SendAsync(ShownPath);

        ((int)answer.StatusCode).ShouldBe(401);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("gold");
    }

    [Fact]
    public async Task Worked_by_the_bridge_the_page_says_whose_each_field_is()
    {
        await using var host = await ProfileHost.StartAsync();
        host.Wecom.Follower("zhang").Description = "asks for discounts";
        await host.AddAndWorkAsync();
        host.Time.Advance(TimeSpan.FromSeconds(30));

        var view = (await host.Get<ProfileReader>().ReadAsync("acme", "wm1", default)).ShouldNotBeNull();

        view.Identity.ShouldBe(new ProfileIdentity { Key = "unionid", Confidence = "certain", CrmId = "7" });
        view.Facts["level"].ShouldBe(new ProfileFact { Value = "gold", Source = "http", AgeSeconds = 30 });
        view.Relations.ShouldHaveSingleItem().Fields.ShouldBe(new FieldsView(FieldHolder.Bridge, FieldHolder.Staff, FieldHolder.Bridge, FieldHolder.Bridge));
        view.Work.ShouldHaveSingleItem().Lane.ShouldBe("tags");
    }

    private static async Task<FeatureHost> KnownCustomerAsync()
    {
        var host = await ProfileHost.StartAsync();
        var (key, now) = (new RelationKey("acme", "zhang", "wm1"), FeatureHost.Now);
        var identity = new ProfileIdentity { Key = IdentityKeys.UnionId, Confidence = Confidences.Certain, CrmId = "7" };
        Dictionary<RelationField, FieldHolder> fields = new()
        {
            [RelationField.Remark] = FieldHolder.Bridge, [RelationField.Description] = FieldHolder.Staff, [RelationField.Company] = FieldHolder.Nobody, [RelationField.Mobiles] = FieldHolder.Nobody,
        };
        await host.State.WriteAsync(async session =>
        {
            await RelationStore.ApplyAsync(session, new RelationChange(key, RelationChangeKind.Added, now, Guid.NewGuid(), "store-7"));
            await ProfileBook.PutAsync(session, "acme", "wm1", new StoredProfile(identity, "http", new Dictionary<string, string> { ["level"] = "gold" }, now.AddSeconds(-90), now));
            await ProfileBook.PutNoteAsync(session, key, new RelationNote(key.UserKey, "print", fields), now);
            await RelationTagStore.PutAsync(session, new RelationTags(key, [new StandingTag("et1", "Channel", "Store", TagOwners.Rule)], [new HeldGroup("Stage", "Lead", "Customer")], now));
            await WorkStore.MarkAsync(session, new WorkKey(WorkLane.Tags, "acme", "wm1"), "contact", now, Guid.NewGuid(), now);
            var item = (await WorkStore.ClaimAsync(session, WorkLane.Tags, "test", 1, now, TimeSpan.FromMinutes(1))).Single();
            await WorkStore.ParkAsync(session, item, "Rejected 40058", "Look at the settings.", now);
        });
        host.Get<IOptions<WecomOptions>>().Value.Corps.Keys.ShouldBe(["acme"]);
        return host;
    }
}
