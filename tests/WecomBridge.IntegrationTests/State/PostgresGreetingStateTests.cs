using WecomBridge.IntegrationTests.Servers;
using WecomBridge.State;
using WecomBridge.Work;

namespace WecomBridge.IntegrationTests.State;

/// <summary>What greetings keep in State, on the other database.</summary>
public class PostgresGreetingStateTests(PostgresServer postgres)
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Fact]
    public async Task Uploads_are_kept_replaced_refused_and_forgotten()
    {
        await using var state = await postgres.CreateStateAsync();
        var first = new StoredMedia("acme", "image/1", "m1", Now, Now.AddDays(2), Refused: false);
        await state.WriteAsync(session => GreetingMediaStore.SaveAsync(session, first, Now.AddDays(-3)), CancellationToken.None);
        await state.WriteAsync(session => GreetingMediaStore.RefuseAsync(session, "acme", "m1"), CancellationToken.None);
        (await FindAsync()).ShouldBe(first with { Refused = true });

        var second = first with { MediaId = "m2", CreatedAt = Now.AddDays(1) };
        await state.WriteAsync(session => GreetingMediaStore.SaveAsync(session, second, Now.AddDays(-2)), CancellationToken.None);
        await state.WriteAsync(session => GreetingMediaStore.RefuseAsync(session, "acme", "m1"), CancellationToken.None);
        (await FindAsync()).ShouldBe(second);

        var other = first with { Key = "image/2", CreatedAt = Now.AddDays(5) };
        await state.WriteAsync(session => GreetingMediaStore.SaveAsync(session, other, Now.AddDays(2)), CancellationToken.None);
        (await state.ReadAsync(GreetingMediaStore.AllAsync, CancellationToken.None)).ShouldBe([other]);

        Task<StoredMedia?> FindAsync() => state.ReadAsync(session => GreetingMediaStore.FindAsync(session, "acme", "image/1"), CancellationToken.None);
    }

    [Fact]
    public async Task A_members_notices_are_told_together_once_and_withdrawn_before_that()
    {
        await using var state = await postgres.CreateStateAsync();
        var notices = Enumerable.Range(1, 3).Select(i => new StaffNotice(new RelationKey("acme", "ZhangSan", $"wm{i}"), i == 1 ? null : "store", "expired", Now.AddSeconds(i))).ToList();
        foreach (var notice in notices) (await state.WriteAsync(session => StaffNoticeStore.TryAddAsync(session, notice), CancellationToken.None)).ShouldBeTrue();
        (await state.WriteAsync(session => StaffNoticeStore.TryAddAsync(session, notices[0]), CancellationToken.None)).ShouldBeFalse();
        await state.WriteAsync(session => StaffNoticeStore.WithdrawAsync(session, notices[2].Key), CancellationToken.None);

        var batch = await NextAsync();
        batch.Notices.ShouldBe(notices[..2]);
        await state.WriteAsync(session => StaffNoticeStore.TriedAsync(session, batch.Notices, Now.AddMinutes(1)), CancellationToken.None);
        await state.WriteAsync(session => StaffNoticeStore.TryAddAsync(session, notices[2]), CancellationToken.None);
        (await NextAsync()).ShouldSatisfyAllConditions(next => next.Notices.ShouldBe(notices[..2]), next => next.FirstTriedAt.ShouldBe(Now.AddMinutes(1)));

        await state.WriteAsync(session => StaffNoticeStore.NotSentAsync(session, batch.Notices), CancellationToken.None);
        (await NextAsync()).Notices.ShouldBe(notices);
        await state.WriteAsync(session => StaffNoticeStore.SentAsync(session, notices, Now.AddMinutes(2)), CancellationToken.None);
        (await NextAsync()).ShouldSatisfyAllConditions(next => next.Notices.ShouldBeEmpty(), next => next.LastSentAt.ShouldBe(Now.AddMinutes(2)));

        Task<StaffNoticeBatch> NextAsync() => state.ReadAsync(session => StaffNoticeStore.NextAsync(session, "acme", "zhangsan", Now.AddMinutes(3)), CancellationToken.None);
    }

    [Fact]
    public async Task Missing_work_is_marked_once_and_what_failed_is_listed()
    {
        await using var state = await postgres.CreateStateAsync();
        var key = new WorkKey(WorkLane.Media, "acme", "image/1");
        await MarkAsync();
        var item = (await state.WriteAsync(session => WorkStore.ClaimAsync(session, WorkLane.Media, "test", 1, Now, TimeSpan.FromMinutes(1)), CancellationToken.None)).ShouldHaveSingleItem();
        await state.WriteAsync(session => WorkStore.ParkAsync(session, item, "reason", "remedy", Now), CancellationToken.None);
        await MarkAsync();

        (await state.ReadAsync(session => WorkStore.CountAsync(session, WorkLane.Media, Now), CancellationToken.None)).ShouldBe(new WorkCounts(0, 0, 0, 1, null));
        (await state.ReadAsync(session => WorkStore.ListTroublesAsync(session, WorkLane.Media), CancellationToken.None)).ShouldBe([new WorkTrouble(key, "reason", "remedy")]);

        Task MarkAsync() => state.WriteAsync(session => WorkStore.MarkMissingAsync(session, key, "contact", Now, Now), CancellationToken.None);
    }
}
