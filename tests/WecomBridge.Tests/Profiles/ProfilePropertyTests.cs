using FsCheck;
using FsCheck.Fluent;
using WecomBridge.Contracts;
using WecomBridge.Crm;
using WecomBridge.Profiles;
using WecomBridge.State;
using WecomBridge.Tests.Features;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;
using static WecomBridge.Tests.Profiles.ProfileHost;

namespace WecomBridge.Tests.Profiles;

/// <summary>Staff edit, the CRM changes, calls get lost before and after they take effect, in any order: what staff wrote stands, and what is ours ends as the newest text.</summary>
public sealed class ProfilePropertyTests
{
    private static readonly string[] Numbers = ["13000000001", "13000000002"];
    private static readonly string[] CrmNumbers = ["13900000001", "13900000002", "13900000003"];

    [Fact]
    public void Nothing_that_staff_wrote_is_lost_and_what_is_ours_is_the_newest()
    {
        var step =
            from kind in Gen.Elements(Enum.GetValues<StepKind>())
            from field in Gen.Elements(RelationField.Remark, RelationField.Description, RelationField.Company)
            from value in Gen.Choose(0, 2)
            select new Step(kind, field, value);
        var history = Gen.ArrayOf(step).Where(steps => steps.Length is > 2 and <= 25);

        Prop.ForAll(history.ToArbitrary(), steps => CheckAsync(steps).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(40).WithEndSize(25));
    }

    private enum StepKind
    {
        StaffWrite,
        StaffEmpty,
        StaffAddNumber,
        StaffTakeNumber,
        CrmChanges,
        Work,
        CallIsLost,
        AnswerIsLost,
        CallIsRefused,
    }

    private sealed record Step(StepKind Kind, RelationField Field, int Value);

    /// <summary>What staff last did, which must stand at the end.</summary>
    private sealed class Hand
    {
        public Dictionary<RelationField, string> Texts { get; } = [];

        public HashSet<string> Written { get; } = [];

        public HashSet<string> TakenAway { get; } = [];
    }

    private static async Task<bool> CheckAsync(Step[] steps)
    {
        await using var host = await StartAsync();
        await host.AddedAsync();
        var (hand, zhang) = (new Hand(), host.Wecom.Follower("zhang"));
        var facts = 0;
        foreach (var step in steps)
        {
            switch (step.Kind)
            {
                case StepKind.StaffWrite: Write(zhang, step.Field, hand.Texts[step.Field] = $"staff {step.Value}"); break;
                case StepKind.StaffEmpty: Empty(zhang, step.Field, hand); break;
                case StepKind.StaffAddNumber: AddNumber(zhang, Numbers[step.Value % 2], hand); break;
                case StepKind.StaffTakeNumber: TakeNumber(zhang, step.Value, hand); break;
                case StepKind.CrmChanges: host.Crm = Answer(facts = step.Value); break;
                default: await WorkAsync(host, step.Kind); break;
            }
        }

        host.Crm = Answer(facts);
        for (var n = 0; n < 2; n++) await WorkAsync(host, StepKind.Work);
        Judge(zhang, hand, facts);
        var calls = host.Wecom.CallsOf<CgibinExternalContactRemarkRequest>().Count;
        await WorkAsync(host, StepKind.Work);
        host.Wecom.CallsOf<CgibinExternalContactRemarkRequest>().Count.ShouldBe(calls, "all is as it should be, and nothing is called");
        return true;
    }

    private static Func<CrmQuery, CrmMatch?> Answer(int facts) =>
        _ => Match(("name", $"Lin {facts}"), ("level", "gold"), ("points", $"{facts}"), ("company", $"Acme {facts}"), ("mobile", CrmNumbers[facts]));

    private static string Ours(RelationField field, int facts) => field switch
    {
        RelationField.Remark => $"Lin {facts} gold",
        RelationField.Description => $"gold {facts}",
        _ => $"Acme {facts}",
    };

    /// <summary>An edit by staff calls back; what gets lost is tried again at once.</summary>
    private static async Task WorkAsync(FeatureHost host, StepKind kind)
    {
        var lost = FakeWecom.Unanswered(WecomPaths.ExternalContactRemark);
        if (kind == StepKind.CallIsLost) host.Wecom.Fails(WecomPaths.ExternalContactRemark, lost);
        if (kind == StepKind.CallIsRefused) host.Wecom.Fails(WecomPaths.ExternalContactRemark, FakeWecom.Refusal(40058, WecomPaths.ExternalContactRemark));
        if (kind == StepKind.AnswerIsLost) host.Wecom.After = request => request is CgibinExternalContactRemarkRequest ? lost : null;
        await host.DispatchAsync("zhang", who => who.Edited(), host.Time.GetUtcNow());
        await host.WorkAsync(WorkLane.Profiles);
        host.Wecom.After = null;
        host.Wecom.Failures.Clear();
        host.Time.Advance(TimeSpan.FromSeconds(10));
    }

    private static void Write(FollowUser zhang, RelationField field, string text)
    {
        if (field == RelationField.Remark) zhang.Remark = text;
        else if (field == RelationField.Description) zhang.Description = text;
        else zhang.RemarkCorpName = text;
    }

    private static string Read(FollowUser zhang, RelationField field) =>
        (field == RelationField.Remark ? zhang.Remark : field == RelationField.Description ? zhang.Description : zhang.RemarkCorpName) ?? "";

    /// <summary>A person can empty only what stands. A text of theirs leaves the field free; one of ours that went stays away.</summary>
    private static void Empty(FollowUser zhang, RelationField field, Hand hand)
    {
        if (Read(zhang, field).Length == 0) return;
        Write(zhang, field, "");
        hand.Texts[field] = "";
    }

    private static void AddNumber(FollowUser zhang, string number, Hand hand)
    {
        hand.Written.Add(number);
        if (!zhang.RemarkMobiles.Contains(number)) zhang.RemarkMobiles = [.. zhang.RemarkMobiles, number];
    }

    private static void TakeNumber(FollowUser zhang, int value, Hand hand)
    {
        if (zhang.RemarkMobiles.Count == 0) return;
        var number = zhang.RemarkMobiles[value % zhang.RemarkMobiles.Count];
        zhang.RemarkMobiles = [.. zhang.RemarkMobiles.Where(standing => standing != number)];
        if (!hand.Written.Remove(number)) hand.TakenAway.Add(number);
    }

    private static void Judge(FollowUser zhang, Hand hand, int facts)
    {
        foreach (var field in new[] { RelationField.Remark, RelationField.Description, RelationField.Company })
        {
            var standing = Read(zhang, field);
            if (!hand.Texts.TryGetValue(field, out var text)) standing.ShouldBe(Ours(field, facts), "nobody touched it");
            else if (text.Length > 0) standing.ShouldBe(text, "a person wrote it");
            else standing.ShouldBeOneOf("", Ours(field, facts));
        }

        hand.Written.ShouldBeSubsetOf(zhang.RemarkMobiles, "numbers of staff");
        var others = zhang.RemarkMobiles.Except(hand.Written).ToList();
        if (hand.TakenAway.Contains(CrmNumbers[facts])) others.ShouldBeSubsetOf(CrmNumbers.Append(CrmNumbers[facts]));
        else others.ShouldBe([CrmNumbers[facts]]);
    }
}
