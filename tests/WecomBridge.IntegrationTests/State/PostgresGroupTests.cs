using WecomBridge.IntegrationTests.Servers;
using WecomBridge.State;
using WecomBridge.Tests.State;

namespace WecomBridge.IntegrationTests.State;

public class PostgresGroupTests(PostgresServer postgres)
{
    [Fact]
    public async Task A_group_is_found_again_as_it_was_left()
    {
        await using var state = await postgres.CreateStateAsync();
        await GroupSamples.RoundTripAsync(state);
    }

    [Fact]
    public async Task Instances_that_change_a_group_at_once_do_so_one_after_the_other()
    {
        await using var state = await postgres.CreateStateAsync();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(n => state.WriteAsync(
            session => GroupStore.ChangeAsync(session, "acme", "wr1", group => group.News.Count + Note(group, n), GroupSamples.Now), CancellationToken.None)));

        var group = await state.ReadAsync(session => GroupStore.FindAsync(session, "acme", "wr1"), CancellationToken.None);
        (group!.LastNews, group.News.Count, group.Members.Count).ShouldBe((12L, 12, 12));
    }

    private static int Note(Group group, int n)
    {
        group.News.Add(GroupSamples.News with { Seq = ++group.LastNews });
        group.Members[$"wm{n}"] = new GroupMember($"wm{n}", GroupSamples.Now);
        return 0;
    }
}
