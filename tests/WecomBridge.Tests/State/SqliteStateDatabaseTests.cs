using Microsoft.Data.Sqlite;
using WecomBridge.State;

namespace WecomBridge.Tests.State;

public class SqliteStateDatabaseTests
{
    [Fact]
    public async Task A_unit_that_throws_is_undone_alone_and_fails_its_caller_alone()
    {
        await using var state = await StateFile.CreateAsync();
        await state.WriteAsync(session => session.ExecuteAsync("CREATE TABLE t (n BIGINT PRIMARY KEY)"));

        var writes = Enumerable.Range(0, 200).Select(n => TryInsertAsync(state, n, fails: n % 3 == 0)).ToList();
        var failed = await Task.WhenAll(writes);

        failed.Count(f => f).ShouldBe(67);
        var stored = await state.ReadAsync(session => session.QueryAsync<long>("SELECT n FROM t"));
        stored.Order().ShouldBe(Enumerable.Range(0, 200).Where(n => n % 3 != 0).Select(n => (long)n));
    }

    [Fact]
    public async Task What_was_written_is_there_after_a_restart()
    {
        await using var state = await StateFile.CreateAsync();
        await state.WriteAsync(session => session.ExecuteAsync("CREATE TABLE t (n BIGINT)"));
        await state.WriteAsync(session => session.ExecuteAsync("INSERT INTO t VALUES (7)"));

        await state.ReopenAsync();

        (await state.ReadAsync(session => session.FindAsync<long>("SELECT n FROM t"))).ShouldBe(7);
    }

    [Fact]
    public async Task A_file_locked_by_another_process_fails_every_waiting_write_and_serves_again_afterwards()
    {
        await using var state = await StateFile.CreateAsync();
        await state.WriteAsync(session => session.ExecuteAsync("CREATE TABLE t (n BIGINT)"));
        await using var other = new SqliteConnection($"Data Source={state.Path};Pooling=False");
        await other.OpenAsync();
        await ExecuteAsync(other, "BEGIN EXCLUSIVE");

        var locked = await Should.ThrowAsync<StateUnavailableException>(state.WriteAsync(session => session.ExecuteAsync("INSERT INTO t VALUES (1)")));
        locked.Message.ShouldContain("SQLite error 5");
        await ExecuteAsync(other, "ROLLBACK");

        await state.WriteAsync(session => session.ExecuteAsync("INSERT INTO t VALUES (2)"));
        (await state.ReadAsync(session => session.FindAsync<long>("SELECT SUM(n) FROM t"))).ShouldBe(2);
    }

    [Fact]
    public async Task A_full_disk_loses_nothing_that_was_acknowledged_and_heals_by_itself()
    {
        await using var state = await StateFile.CreateAsync();
        await state.WriteAsync(session => session.ExecuteAsync("CREATE TABLE t (n BIGINT, filler TEXT)"));
        await state.WriteAsync(session => session.ExecuteAsync("PRAGMA max_page_count = 1"));
        var filler = new string('x', 20_000);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => TryAsync(() =>
            state.WriteAsync(session => session.ExecuteAsync("INSERT INTO t VALUES (@n, @filler)", new { n = (long)n, filler })))));

        results.ShouldContain(result => result is StateUnavailableException);
        results.ShouldAllBe(result => result == null || result is StateUnavailableException);
        var stored = await state.ReadAsync(session => session.FindAsync<long>("SELECT COUNT(*) FROM t"));
        stored.ShouldBe(results.Count(result => result is null));
        await state.WriteAsync(session => session.ExecuteAsync("INSERT INTO t VALUES (99, @filler)", new { filler }));
    }

    [Fact]
    public async Task A_unit_whose_caller_gave_up_before_it_began_is_not_run()
    {
        await using var state = await StateFile.CreateAsync();
        var gate = new TaskCompletionSource();
        var first = state.WriteAsync(async _ => await gate.Task);
        using var impatient = new CancellationTokenSource();
        var ran = false;
        var second = state.WriteAsync(
            _ =>
            {
                ran = true;
                return Task.FromResult(1);
            },
            impatient.Token);
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(second);
        gate.SetResult();
        await first;
        await state.WriteAsync(_ => Task.FromResult(1));
        ran.ShouldBeFalse();
    }

    [Fact]
    public async Task A_unit_inside_a_unit_is_refused_instead_of_waiting_for_itself()
    {
        await using var state = await StateFile.CreateAsync();
        await Should.ThrowAsync<InvalidOperationException>(state.WriteAsync(_ => state.WriteAsync(_ => Task.FromResult(1))));
        (await state.WriteAsync(_ => Task.FromResult(2))).ShouldBe(2);
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_named_as_unavailable()
    {
        await using var state = StateFile.CreateEmpty();
        await File.WriteAllTextAsync(Path.GetDirectoryName(state.Path)!, "a file where the folder should be");
        await Should.ThrowAsync<StateUnavailableException>(state.WriteAsync(_ => Task.FromResult(1)));
        await Should.ThrowAsync<StateUnavailableException>(state.ReadAsync(_ => Task.FromResult(1)));
    }

    private static async Task<bool> TryInsertAsync(StateFile state, int n, bool fails)
    {
        try
        {
            await state.WriteAsync(async session =>
            {
                await session.ExecuteAsync("INSERT INTO t VALUES (@n)", new { n = (long)n });
                if (fails) throw new InvalidDataException();
            });
            return false;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    private static async Task<Exception?> TryAsync(Func<Task> action)
    {
        try
        {
            await action();
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
