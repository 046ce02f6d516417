using System.Text;
using Microsoft.Extensions.Configuration;
using WecomBridge.Contracts;
using WecomBridge.Crm;
using WecomBridge.Tests.Contracts;
using WecomBridge.Tests.Profiles;
using WecomBridge.Wecom.Api;
using static WecomBridge.Tests.Profiles.ProfileHost;

namespace WecomBridge.Tests.Docs;

/// <summary>The settings of docs/profiles.md are valid and do what the page says.</summary>
public sealed class ProfileExamplesTests
{
    private static readonly string Path = RepositoryFiles.PathOf("docs", "profiles.md");
    private static readonly IReadOnlyList<string> Shown = MarkdownPages.Blocks(Path, "json");

    [Fact]
    public async Task The_first_example_fills_all_four_fields()
    {
        Shown.Count.ShouldBe(2);
        await using var host = await StartAsync(Flatten(Shown[0]));
        host.Wecom.Follower("zhang").RemarkMobiles = ["13000000001"];

        await host.AddAndWorkAsync();

        var zhang = host.Wecom.Follower("zhang");
        (zhang.Remark, zhang.Description, zhang.RemarkCorpName).ShouldBe(("Lin gold", "120 points", "Acme"));
        zhang.RemarkMobiles.ShouldBe(["13000000001", "13900000002"]);
    }

    [Fact]
    public async Task The_second_leaves_the_remark_fills_the_description_once_and_trusts_no_weak_match()
    {
        await using var host = await StartAsync([("Profiles:Company", null), .. Flatten(Shown[1])]);
        host.Crm = _ => Match() with { MatchedBy = CrmKey.Mobile, Confidence = CrmConfidence.Likely };
        await host.AddAndWorkAsync();
        host.Wecom.CallsOf<CgibinExternalContactRemarkRequest>().ShouldBeEmpty();

        host.Crm = _ => Match();
        await host.EditAndWorkAsync();
        host.Crm = _ => Match(("level", "platinum"), ("mobile", "13900000003"));
        await host.EditAndWorkAsync();

        var zhang = host.Wecom.Follower("zhang");
        (zhang.Remark, zhang.Description).ShouldBe((null, "gold since we know them"));
        zhang.RemarkMobiles.ShouldBe(["13900000003"]);
    }

    [Fact]
    public void The_page_names_every_word_of_identity_and_of_relations()
    {
        var text = File.ReadAllText(Path);
        var words = new[] { typeof(IdentityKeys), typeof(Confidences), typeof(RelationStatuses) }.SelectMany(type => type.GetFields()).Select(field => (string)field.GetRawConstantValue()!);

        words.Where(word => !text.Contains($"`{word}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static (string, string?)[] Flatten(string settings)
    {
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(settings));
        return [.. new ConfigurationBuilder().AddJsonStream(text).Build().AsEnumerable().Where(setting => setting.Value is not null).Select(setting => (setting.Key, setting.Value))];
    }
}
