using WecomBridge.Contracts;
using WecomBridge.State;

namespace WecomBridge.Tests.State;

/// <summary>A group with every field filled, for either database.</summary>
internal static class GroupSamples
{
    public static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    public static GroupChange Change { get; } =
        new(Guid.NewGuid(), "contact", Now.AddSeconds(-3), Joined: true, JoinScenes.QrCode, ["zhangsan", "wm1"], IsComplete: true, "v1", "v2");

    public static GroupNews News { get; } = new(7, GroupNewsKind.Left, Guid.NewGuid(), "wm1+7", "contact", Now)
    {
        Member = "wm1", MemberKind = MemberKinds.Customer, Scene = QuitScenes.Removed, Inviter = "zhangsan", At = Now.AddSeconds(-2), Expected = "v1", Found = "v9", IsOpen = true, ToldAt = Now,
    };

    /// <summary>Saves, changes and removes every kind of row, and compares what is found after each.</summary>
    public static async Task RoundTripAsync(IStateDatabase state)
    {
        (await FindAsync(state)).ShouldBeNull();
        var waiting = Change with { EventId = Guid.NewGuid(), Members = [], IsComplete = false, PreviousVersion = null, Version = null };
        var untold = News with { Seq = 8, ToldAt = null, MemberKind = null, At = null };
        await ChangeAsync(state, group =>
        {
            (group.MemberVersion, group.VersionAt, group.OwnerId, group.FirstEventAt, group.ReadAt) = ("v2", Now, "boss", Now.AddSeconds(-9), Now.AddSeconds(-1));
            (group.BaselineAt, group.DismissedAt, group.AnnouncedOwner, group.AnnouncedProfile, group.LastNews) = (Now.AddSeconds(-8), Now.AddSeconds(5), "o", "p", 8);
            group.Members["wm1"] = new GroupMember("wm1", Now);
            group.Members["zhangsan"] = new GroupMember("zhangsan", Now, MemberKinds.Staff);
            group.Changes.AddRange([Change, waiting]);
            group.News.AddRange([News, untold]);
        });

        var found = (await FindAsync(state))!;
        (found.MemberVersion, found.VersionAt, found.OwnerId, found.FirstEventAt, found.ReadAt).ShouldBe(("v2", Now, "boss", Now.AddSeconds(-9), Now.AddSeconds(-1)));
        (found.BaselineAt, found.DismissedAt, found.AnnouncedOwner, found.AnnouncedProfile, found.LastNews).ShouldBe((Now.AddSeconds(-8), Now.AddSeconds(5), "o", "p", 8L));
        found.Members.Values.OrderBy(member => member.Id).ShouldBe([new GroupMember("wm1", Now), new GroupMember("zhangsan", Now, MemberKinds.Staff)]);
        found.News.ShouldBe([News, untold]);
        found.Changes.Select(change => change with { Members = [] }).ShouldBe([Change with { Members = [] }, waiting], ignoreOrder: true);
        found.Changes.Single(change => change.EventId == Change.EventId).Members.ShouldBe(["zhangsan", "wm1"]);

        await ChangeAsync(state, group =>
        {
            group.Members["wm1"] = group.Members["wm1"] with { Kind = MemberKinds.Customer };
            group.Members.Remove("zhangsan");
            group.Changes.RemoveAll(change => change.EventId == Change.EventId);
            group.Changes[0] = group.Changes[0] with { PlacedAt = Now };
            group.News.RemoveAt(0);
            group.News[0] = group.News[0] with { MemberKind = MemberKinds.Other, ToldAt = Now };
            group.DismissedAt = null;
        });
        var changed = (await FindAsync(state))!;
        changed.Members.Values.ShouldBe([new GroupMember("wm1", Now, MemberKinds.Customer)]);
        changed.Changes.Single().PlacedAt.ShouldBe(Now);
        changed.News.ShouldBe([untold with { MemberKind = MemberKinds.Other, ToldAt = Now }]);
        changed.DismissedAt.ShouldBeNull();
    }

    private static Task<bool> ChangeAsync(IStateDatabase state, Action<Group> change) =>
        state.WriteAsync(
            session => GroupStore.ChangeAsync(
                session,
                "acme",
                "wr1",
                group =>
                {
                    change(group);
                    return true;
                },
                Now),
            CancellationToken.None);

    private static Task<Group?> FindAsync(IStateDatabase state) => state.ReadAsync(session => GroupStore.FindAsync(session, "acme", "wr1"), CancellationToken.None);
}
