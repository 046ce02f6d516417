using WecomBridge.State;

namespace WecomBridge.Tests.State;

public class GroupStoreTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Fact]
    public async Task Changes_in_their_order_keep_the_members_true()
    {
        await using var state = await StateFile.CreateAsync();
        await ReplaceAsync(state, "v1", "a", "b");
        (await ApplyAsync(state, GroupChangeKind.MembersAdded, "v1", "v2", "c")).ShouldBe(GroupApplied.Applied);
        (await ApplyAsync(state, GroupChangeKind.MembersRemoved, "v2", "v3", "a")).ShouldBe(GroupApplied.Applied);
        (await ApplyAsync(state, GroupChangeKind.MembersRemoved, "v2", "v3", "a")).ShouldBe(GroupApplied.AlreadyKnown);

        var group = await FindAsync(state);
        group.Members.Order().ShouldBe(["b", "c"]);
        group.MemberVersion.ShouldBe("v3");
        group.Gap.ShouldBeNull();
    }

    [Fact]
    public async Task A_change_onto_another_version_leaves_the_members_and_notes_the_gap_until_the_group_is_read()
    {
        await using var state = await StateFile.CreateAsync();
        await ReplaceAsync(state, "v1", "a");
        (await ApplyAsync(state, GroupChangeKind.MembersAdded, "v2", "v3", "c")).ShouldBe(GroupApplied.Gap);
        (await ApplyAsync(state, GroupChangeKind.MembersAdded, "v7", "v8", "d")).ShouldBe(GroupApplied.Gap);

        var broken = await FindAsync(state);
        broken.Gap.ShouldBe(new GroupGap("v2", "v1"));
        broken.Members.ShouldBe(["a"]);

        await ReplaceAsync(state, "v8", "c", "d");
        var healed = await FindAsync(state);
        healed.Gap.ShouldBeNull();
        healed.Members.Order().ShouldBe(["c", "d"]);
    }

    [Fact]
    public async Task A_group_first_heard_of_by_a_change_has_a_gap_and_a_dismissed_one_has_none()
    {
        await using var state = await StateFile.CreateAsync();
        (await ApplyAsync(state, GroupChangeKind.MembersAdded, "v1", "v2", "a")).ShouldBe(GroupApplied.Gap);
        (await FindAsync(state)).Gap.ShouldBe(new GroupGap("v1", null));
        await ApplyAsync(state, GroupChangeKind.Dismissed, null, null);
        var dismissed = await FindAsync(state);
        dismissed.Gap.ShouldBeNull();
        dismissed.DismissedAt.ShouldBe(Now);
    }

    private static Task<GroupApplied> ApplyAsync(StateFile state, GroupChangeKind kind, string? previous, string? version, params string[] members) =>
        state.WriteAsync(session => GroupStore.ApplyAsync(session, new GroupChange("acme", "wr1", kind, Now, members, previous, version), Now));

    private static Task ReplaceAsync(StateFile state, string version, params string[] members) =>
        state.WriteAsync(session => GroupStore.ReplaceAsync(session, "acme", "wr1", version, "boss", members, Now));

    private static async Task<Group> FindAsync(StateFile state) => (await state.ReadAsync(session => GroupStore.FindAsync(session, "acme", "wr1")))!;
}
