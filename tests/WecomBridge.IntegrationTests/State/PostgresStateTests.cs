using WecomBridge.IntegrationTests.Servers;
using WecomBridge.State;
using WecomBridge.Wecom.Api;

namespace WecomBridge.IntegrationTests.State;

public class PostgresStateTests(PostgresServer postgres)
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private static readonly RelationKey Key = new("acme", "ZhangSan", "wm1");

    [Fact]
    public async Task Instances_that_start_at_once_set_the_database_up_together()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        var versions = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            await using var state = PostgresServer.Open(connectionString);
            return await StateMigrator.MigrateAsync(state, TimeProvider.System, CancellationToken.None);
        }));
        versions.ShouldAllBe(version => version == StateMigrator.KnownVersion);
    }

    [Fact]
    public async Task An_edit_of_a_relation_that_has_no_row_yet_waits_for_the_intent_that_did_not_know_of_it_and_doubts_it()
    {
        await using var state = await postgres.CreateStateAsync();
        var intended = new TaskCompletionSource();
        var edit = Task.Run(async () =>
        {
            await intended.Task;
            await state.WriteAsync(session => RelationStore.ApplyAsync(session, new RelationChange(Key, RelationChangeKind.Edited, Now, Guid.NewGuid(), null)), CancellationToken.None);
        });

        await state.WriteAsync(
            async session =>
            {
                (await TagLedger.TryIntendAsync(session, Key, [new TagLedgerEntry("et1", "Channel", "rule", "store", Guid.NewGuid())], [], seen: null, readAt: Now, Now)).ShouldBeTrue();
                intended.SetResult();
                (await Task.WhenAny(edit, Task.Delay(TimeSpan.FromMilliseconds(300)))).ShouldNotBe(edit);
            },
            CancellationToken.None);
        await edit;

        var ledger = await state.ReadAsync(session => TagLedger.OfCustomerAsync(session, Key.Corp, Key.ExternalUserId), CancellationToken.None);
        ledger[Key.UserKey].ShouldHaveSingleItem().IsDoubted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_database_of_a_later_program_is_refused()
    {
        await using var state = await postgres.CreateStateAsync();
        await state.WriteAsync(session => session.ExecuteAsync("INSERT INTO schema_version VALUES (9999, 0)"), CancellationToken.None);
        await Should.ThrowAsync<StateTooNewException>(StateMigrator.MigrateAsync(state, TimeProvider.System, CancellationToken.None));
    }

    [Fact]
    public async Task A_server_that_is_not_there_and_tables_that_are_not_there_yet_are_named_as_unavailable()
    {
        await using var nowhere = PostgresServer.Open("Host=127.0.0.1;Port=1;Username=u;Password=hidden;Timeout=2");
        var away = await Should.ThrowAsync<StateUnavailableException>(nowhere.ReadAsync(_ => Task.FromResult(1), CancellationToken.None));
        away.ToString().ShouldNotContain("hidden");

        await using var empty = PostgresServer.Open(await postgres.CreateDatabaseAsync());
        await Should.ThrowAsync<StateUnavailableException>(empty.ReadAsync(session => RelationStore.FindAsync(session, Key), CancellationToken.None));
    }

    [Fact]
    public async Task Connections_that_the_server_ends_fail_their_unit_and_the_next_unit_is_served()
    {
        await using var state = await postgres.CreateStateAsync();
        await Should.ThrowAsync<StateUnavailableException>(
            state.WriteAsync(session => session.ExecuteAsync("SELECT pg_terminate_backend(pg_backend_pid())"), CancellationToken.None));
        (await state.WriteAsync(session => session.FindAsync<long>("SELECT 7::bigint"), CancellationToken.None)).ShouldBe(7);
    }

    [Fact]
    public async Task Units_that_block_each_other_crosswise_all_come_through()
    {
        await using var state = await postgres.CreateStateAsync();
        await state.WriteAsync(session => session.ExecuteAsync("CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT); INSERT INTO t VALUES (1, 0), (2, 0)"), CancellationToken.None);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(unit => state.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("UPDATE t SET n = n + 1 WHERE id = @id", new { id = 1L + (unit % 2) });
                await session.ExecuteAsync("SELECT pg_sleep(0.05)");
                await session.ExecuteAsync("UPDATE t SET n = n + 1 WHERE id = @id", new { id = 2L - (unit % 2) });
            },
            CancellationToken.None)));

        (await state.ReadAsync(session => session.QueryAsync<long>("SELECT n FROM t"), CancellationToken.None)).ShouldBe([4, 4]);
    }

    [Fact]
    public async Task A_unit_that_throws_leaves_nothing()
    {
        await using var state = await postgres.CreateStateAsync();
        await Should.ThrowAsync<InvalidDataException>(state.WriteAsync(
            async session =>
            {
                await RelationStore.ApplyAsync(session, new RelationChange(Key, RelationChangeKind.Added, Now, Guid.NewGuid()));
                throw new InvalidDataException();
            },
            CancellationToken.None));
        (await state.ReadAsync(session => RelationStore.FindAsync(session, Key), CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task The_same_event_at_many_instances_at_once_is_claimed_by_one()
    {
        await using var state = await postgres.CreateStateAsync();
        for (var round = 0; round < 20; round++)
        {
            var key = Key with { ExternalUserId = $"wm{round}" };
            var (half, full) = (Guid.NewGuid(), Guid.NewGuid());
            var claims = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => state.WriteAsync(
                session => GreetingLedger.TryClaimAsync(session, key, n % 2 == 0 ? half : full, Now, true, "contact", $"instance{n}", Now, TimeSpan.FromSeconds(30)), CancellationToken.None)));
            claims.Count(claim => claim.Result == GreetingClaimResult.Claimed).ShouldBe(1);
            claims.Count(claim => claim.Result == GreetingClaimResult.HeldByOther).ShouldBe(11);
        }
    }

    [Fact]
    public async Task Every_store_works_here_as_it_does_on_SQLite()
    {
        await using var state = await postgres.CreateStateAsync();
        var id = Guid.NewGuid();
        await state.WriteAsync(
            async session =>
            {
                await RelationStore.ApplyAsync(session, new RelationChange(Key, RelationChangeKind.Left, Now.AddSeconds(9), id));
                await RelationStore.ApplyAsync(session, new RelationChange(Key, RelationChangeKind.Added, Now, id, "store-1"));
                await RelationStore.ApplyAsync(session, new RelationChange(Key with { UserId = "zhangsan" }, RelationChangeKind.Added, Now.AddSeconds(-1), id, "older"));
                await TagLedger.TryIntendAsync(session, Key, [new("et1", "Channel", "rule", "store", id), new("et2", "Channel", "rule", "store", id)], [], null, Now, Now);
                await TagLedger.ConfirmAsync(session, Key, ["et1"], Now);
                await TagLedger.ForgetAsync(session, Key, ["et2"]);
                await GreetingLedger.TryClaimAsync(session, Key, id, Now, true, "contact", "one", Now, TimeSpan.FromSeconds(30));
                await GreetingLedger.CompleteAsync(session, Key, id, Now, "one", new GreetingEnd(GreetingOutcome.Sent), Now);
            },
            CancellationToken.None);

        var (relation, tags, greeting) = await state.ReadAsync(
            async session => (
                await RelationStore.FindAsync(session, Key), await TagLedger.OfCustomerAsync(session, Key.Corp, Key.ExternalUserId),
                await GreetingLedger.FindAsync(session, Key)),
            CancellationToken.None);
        (relation!.Status, relation.State, relation.AddedAt, relation.EndedAt).ShouldBe((RelationStatus.LeftByCustomer, "store-1", Now, Now.AddSeconds(9)));
        tags[Key.UserKey].ShouldHaveSingleItem().ShouldBe(new TagLedgerEntry("et1", "Channel", "rule", "store", id) { Status = TagLedgerStatus.Ours, ReadAt = Now, WrittenAt = Now });
        (greeting!.Outcome, greeting.LastGreetedEventId).ShouldBe((GreetingOutcome.Sent, id));

        var tokens = new StateAccessTokenStore(state);
        var stored = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => tokens.TryReplaceAsync("acme", "contact", 0, new AccessToken($"t{n}", Now, 1), "hash", CancellationToken.None)));
        stored.Count(won => won).ShouldBe(1);
        (await tokens.TryReplaceAsync("acme", "contact", 7, new AccessToken("late", Now, 8), "hash", CancellationToken.None)).ShouldBeFalse();
        (await tokens.TryReplaceAsync("acme", "contact", 1, new AccessToken("next", Now, 2), "hash", CancellationToken.None)).ShouldBeTrue();
    }
}
