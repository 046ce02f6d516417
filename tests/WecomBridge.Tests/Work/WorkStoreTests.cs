using WecomBridge.Tests.State;
using WecomBridge.Work;

namespace WecomBridge.Tests.Work;

public class WorkStoreTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private static readonly WorkKey Key = new(WorkLane.Tags, "acme", "zhangsan/wm1");

    [Fact]
    public async Task Marks_in_a_burst_are_one_piece_with_the_earliest_due_and_the_latest_cause()
    {
        await using var state = await StateFile.CreateAsync();
        var last = Guid.NewGuid();
        await MarkAsync(state, due: Now.AddSeconds(5), note: "first");
        await MarkAsync(state, due: Now.AddSeconds(2));
        await MarkAsync(state, due: Now.AddSeconds(9), cause: last);

        (await ClaimAsync(state, Now.AddSeconds(1.9))).ShouldBeEmpty();
        var item = (await ClaimAsync(state, Now.AddSeconds(2))).ShouldHaveSingleItem();
        item.ShouldBe(new WorkItem(Key, "contact", 3, 1, Now, last, "first") { Claim = item.Claim });
    }

    [Fact]
    public async Task Claimed_work_is_nobody_elses_until_its_lease_ends()
    {
        await using var state = await StateFile.CreateAsync();
        await MarkAsync(state);
        (await ClaimAsync(state, Now)).Count.ShouldBe(1);
        (await ClaimAsync(state, Now + Lease - TimeSpan.FromMilliseconds(1))).ShouldBeEmpty();
        (await ClaimAsync(state, Now + Lease)).ShouldHaveSingleItem().Attempt.ShouldBe(2);
    }

    [Fact]
    public async Task A_mark_during_the_work_survives_its_completion()
    {
        await using var state = await StateFile.CreateAsync();
        await MarkAsync(state);
        var item = (await ClaimAsync(state, Now))[0];
        await MarkAsync(state);
        (await state.WriteAsync(session => WorkStore.CompleteAsync(session, item))).ShouldBeFalse();
        var again = (await ClaimAsync(state, Now)).ShouldHaveSingleItem();
        again.Attempt.ShouldBe(1);
        (await state.WriteAsync(session => WorkStore.CompleteAsync(session, again))).ShouldBeTrue();
        (await CountAsync(state, Now)).ShouldBe(new WorkCounts(0, 0, 0, 0, null));
    }

    [Fact]
    public async Task A_holder_that_lost_its_lease_can_no_longer_end_the_work_of_the_next()
    {
        await using var state = await StateFile.CreateAsync();
        await MarkAsync(state);
        var lost = (await ClaimAsync(state, Now))[0];
        var held = (await ClaimAsync(state, Now + Lease))[0];
        (await state.WriteAsync(session => WorkStore.RenewAsync(session, lost, Now + (3 * Lease)))).ShouldBeFalse();
        (await state.WriteAsync(session => WorkStore.CompleteAsync(session, lost))).ShouldBeFalse();
        await state.WriteAsync(session => WorkStore.ParkAsync(session, lost, "no", null, Now));
        (await CountAsync(state, Now + Lease)).Running.ShouldBe(1);
        (await state.WriteAsync(session => WorkStore.RenewAsync(session, held, Now + (3 * Lease)))).ShouldBeTrue();
        (await ClaimAsync(state, Now + (2 * Lease))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Work_due_later_again_counts_its_attempts_and_a_new_mark_makes_it_due_at_once()
    {
        await using var state = await StateFile.CreateAsync();
        await MarkAsync(state);
        var item = (await ClaimAsync(state, Now))[0];
        await state.WriteAsync(session => WorkStore.RetryAsync(session, item, Now.AddMinutes(10), "busy"));
        (await ClaimAsync(state, Now.AddMinutes(9))).ShouldBeEmpty();
        (await CountAsync(state, Now)).Later.ShouldBe(1);
        item = (await ClaimAsync(state, Now.AddMinutes(10))).ShouldHaveSingleItem();
        item.Attempt.ShouldBe(2);
        await state.WriteAsync(session => WorkStore.DeferAsync(session, item, Now.AddMinutes(20), "paused"));
        item = (await ClaimAsync(state, Now.AddMinutes(20))).ShouldHaveSingleItem();
        item.Attempt.ShouldBe(2);
        await state.WriteAsync(session => WorkStore.RetryAsync(session, item, Now.AddMinutes(30), "busy"));
        await MarkAsync(state, due: Now.AddMinutes(21));
        (await ClaimAsync(state, Now.AddMinutes(21))).ShouldHaveSingleItem().Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task Released_work_is_free_at_once_as_if_never_taken()
    {
        await using var state = await StateFile.CreateAsync();
        await MarkAsync(state);
        var item = (await ClaimAsync(state, Now))[0];
        await state.WriteAsync(session => WorkStore.ReleaseAsync(session, item));
        (await ClaimAsync(state, Now)).ShouldHaveSingleItem().Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task Parked_work_is_listed_with_its_reason_and_comes_back_by_a_person_or_by_a_mark()
    {
        await using var state = await StateFile.CreateAsync();
        await MarkAsync(state);
        await ParkAsync(state);
        var parked = (await state.ReadAsync(session => WorkStore.ListAsync(session, new WorkFilter(null, null, ListedState.Parked), 10, default))).ShouldHaveSingleItem();
        (parked.Key, parked.Reason, parked.Remedy, parked.Attempts, parked.At).ShouldBe((Key, "Rejected 40035", "Mend it.", 1, Now));
        (await ClaimAsync(state, Now.AddDays(9))).ShouldBeEmpty();

        (await state.WriteAsync(session => WorkStore.RetryParkedAsync(session, WorkLane.Profiles, null, null, Now))).ShouldBeEmpty();
        (await state.WriteAsync(session => WorkStore.RetryParkedAsync(session, WorkLane.Tags, "acme", Key.Key, Now))).ShouldBe([Key]);
        await ParkAsync(state);
        await MarkAsync(state, due: Now.AddSeconds(3));
        (await ClaimAsync(state, Now.AddSeconds(2))).ShouldBeEmpty();
        (await ClaimAsync(state, Now.AddSeconds(3))).Count.ShouldBe(1);
        (await state.ReadAsync(session => WorkStore.ListAsync(session, new WorkFilter(WorkLane.Tags, null, ListedState.Parked), 10, default))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_claim_takes_the_longest_due_first_and_no_more_than_asked()
    {
        await using var state = await StateFile.CreateAsync();
        for (var n = 0; n < 5; n++)
        {
            var key = Key with { Key = $"k{n}" };
            var due = Now.AddSeconds(-n);
            await state.WriteAsync(session => WorkStore.MarkAsync(session, key, "contact", due, Guid.NewGuid(), Now));
        }

        var claimed = await state.WriteAsync(session => WorkStore.ClaimAsync(session, WorkLane.Tags, "one", 2, Now, Lease));
        claimed.Select(item => item.Key.Key).ShouldBe(["k4", "k3"], ignoreOrder: true);
        (await CountAsync(state, Now)).ShouldBe(new WorkCounts(3, 0, 2, 0, Now.AddSeconds(-2)));
    }

    [Fact]
    public async Task A_corp_with_a_backlog_does_not_keep_another_waiting()
    {
        await using var state = await StateFile.CreateAsync();
        for (var n = 0; n < 50; n++) await MarkAsync(state, new WorkKey(WorkLane.Tags, "big", $"k{n}"), Now.AddHours(-1));
        for (var n = 0; n < 2; n++) await MarkAsync(state, new WorkKey(WorkLane.Tags, "small", $"k{n}"), Now);

        var claimed = await ClaimAsync(state, Now);

        claimed.Count.ShouldBe(10);
        claimed.Count(item => item.Key.Corp == "small").ShouldBe(2);
        var corps = new HashSet<string>();
        for (var n = 0; n < 40; n++) await MarkAsync(state, new WorkKey(WorkLane.Tags, "late", $"k{n}"), Now);
        for (var n = 0; n < 30; n++) corps.UnionWith((await state.WriteAsync(session => WorkStore.ClaimAsync(session, WorkLane.Tags, "one", 1, Now, Lease))).Select(item => item.Key.Corp));
        corps.ShouldBe(["big", "late"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_work_of_a_paused_app_is_left_as_it_lies()
    {
        await using var state = await StateFile.CreateAsync();
        await MarkAsync(state, Key, Now);
        await MarkAsync(state, Key with { Corp = "other" }, Now);

        var claimed = await state.WriteAsync(session => WorkStore.ClaimAsync(session, WorkLane.Tags, "one", 9, Now, Lease, [("acme", "contact"), ("acme", "another")]));

        claimed.ShouldHaveSingleItem().Key.Corp.ShouldBe("other");
    }

    private static Task MarkAsync(StateFile state, WorkKey key, DateTimeOffset due) =>
        state.WriteAsync(session => WorkStore.MarkAsync(session, key, "contact", due, Guid.NewGuid(), Now));

    private static async Task ParkAsync(StateFile state)
    {
        var item = (await ClaimAsync(state, Now))[0];
        await state.WriteAsync(session => WorkStore.ParkAsync(session, item, "Rejected 40035", "Mend it.", Now));
    }

    private static Task MarkAsync(StateFile state, DateTimeOffset? due = null, Guid? cause = null, string? note = null) =>
        state.WriteAsync(session => WorkStore.MarkAsync(session, Key, "contact", due ?? Now, cause ?? Guid.NewGuid(), Now, note));

    private static Task<IReadOnlyList<WorkItem>> ClaimAsync(StateFile state, DateTimeOffset now) =>
        state.WriteAsync(session => WorkStore.ClaimAsync(session, WorkLane.Tags, "one", 10, now, Lease));

    private static Task<WorkCounts> CountAsync(StateFile state, DateTimeOffset now) =>
        state.ReadAsync(session => WorkStore.CountAsync(session, WorkLane.Tags, now));
}
