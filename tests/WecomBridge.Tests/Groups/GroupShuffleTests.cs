using FsCheck;
using FsCheck.Fluent;
using WecomBridge.Contracts;
using WecomBridge.Groups;
using WecomBridge.Tests.Features;
using WecomBridge.Work;

namespace WecomBridge.Tests.Groups;

/// <summary>Whatever the order in which a group's events come, the end is the same.</summary>
public class GroupShuffleTests
{
    private const int Histories = 40;

    [Fact]
    public async Task Every_order_of_a_short_history_ends_alike_and_tells_each_change_once()
    {
        await using var host = await FeatureHost.StartAsync(bus => bus.AddGroups());
        foreach (var order in Orders([0, 1, 2, 3, 4]))
        {
            var world = GroupWorld.Create(host, "wm1");
            var born = host.Time.GetUtcNow();
            world.Lag = TimeSpan.FromSeconds(order[0] % 4);
            world.Join(born.AddSeconds(1), "wm2", "li");
            world.Leave(born.AddSeconds(1), "wm1");
            world.ChangeOwner(born.AddSeconds(2), "li");
            world.Join(born.AddSeconds(3), "wm1");
            host.Time.Advance(TimeSpan.FromSeconds(3));

            foreach (var index in order)
            {
                await world.History[index].TellAsync();
                if (index % 2 == 0) host.Time.Advance(TimeSpan.FromSeconds(1));
                await host.WorkAsync(WorkLane.Groups);
            }

            await world.SettleAsync();
            await world.ShouldAgreeAsync();
            world.Told().Order(StringComparer.Ordinal).ShouldBe(world.Memberships, $"order {string.Join(' ', order)}");
        }
    }

    [Fact]
    public Task Long_histories_end_alike_in_any_order_with_duplicates_and_each_change_is_told_once() =>
        CheckAsync((host, seed) => RunAsync(host, new Random(seed), loses: false, dismisses: false));

    [Fact]
    public Task The_members_are_right_although_events_were_lost() =>
        CheckAsync((host, seed) => RunAsync(host, new Random(seed), loses: true, dismisses: false));

    [Fact]
    public Task A_group_that_is_dissolved_ends_empty_in_any_order() =>
        CheckAsync((host, seed) => RunAsync(host, new Random(seed), loses: false, dismisses: true));

    private static async Task CheckAsync(Func<FeatureHost, int, Task> run)
    {
        await using var host = await FeatureHost.StartAsync(bus => bus.AddGroups());
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed => run(host, seed).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(Histories));
    }

    private static async Task RunAsync(FeatureHost host, Random random, bool loses, bool dismisses)
    {
        var world = GroupWorld.Create(host, "wm1", "wm2");
        world.Lag = TimeSpan.FromSeconds(random.Next(0, 4));
        var born = host.Time.GetUtcNow();
        var at = Live(world, born, random, dismisses);
        host.Time.Advance(at - born);

        var tellings = world.History.Where(happened => !loses || random.Next(4) > 0).SelectMany(happened => Enumerable.Repeat(happened, random.Next(4) == 0 ? 2 : 1)).ToArray();
        random.Shuffle(tellings);
        foreach (var happened in tellings)
        {
            await happened.TellAsync(loses && random.Next(5) == 0 ? EventForm.NoList : EventForm.Whole);
            if (random.Next(3) == 0) host.Time.Advance(TimeSpan.FromMilliseconds(random.Next(8000)));
            if (random.Next(3) == 0) await host.WorkAsync(WorkLane.Groups);
        }

        if (loses) await world.ChangeOwner(at, "boss").TellAsync();
        await world.SettleAsync();
        await world.ShouldAgreeAsync();
        if (!loses && !dismisses) world.Told().Order(StringComparer.Ordinal).ShouldBe(world.Memberships);
    }

    private static DateTimeOffset Live(GroupWorld world, DateTimeOffset born, Random random, bool dismisses)
    {
        var at = born;
        string[] everyone = ["wm1", "wm2", "wm3", "wm4", "li", "wang"];
        for (var n = random.Next(3, 9); n > 0; n--)
        {
            at = at.AddSeconds(random.Next(0, 3));
            var ids = everyone.Where(_ => random.Next(4) == 0).DefaultIfEmpty("wm1").ToArray();
            var present = world.Now.MemberList.Select(member => member.Userid!).ToHashSet();
            string[] joining = [.. ids.Where(id => !present.Contains(id))], leaving = [.. ids.Where(present.Contains)];
            if (joining.Length > 0) world.Join(at, joining);
            at = at.AddSeconds(random.Next(0, 2));
            if (leaving.Length > 0 && random.Next(3) > 0) world.Leave(at, leaving);
        }

        at = at.AddSeconds(2);
        if (dismisses) world.Dismiss(at);
        return at;
    }

    private static IEnumerable<int[]> Orders(int[] items) =>
        items.Length <= 1 ? [items] : items.SelectMany(first => Orders([.. items.Where(item => item != first)]).Select(rest => (int[])[first, .. rest]));
}
