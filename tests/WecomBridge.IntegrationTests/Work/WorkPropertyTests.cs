using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.State;
using WecomBridge.Work;

namespace WecomBridge.IntegrationTests.Work;

/// <summary>Nothing due is ever forgotten, no key is worked twice at once, and completing never swallows a newer mark, on both databases.</summary>
public class WorkPropertyTests(PostgresServer postgres, ITestOutputHelper output)
{
    private const int Steps = 60;
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Random_histories_keep_their_promises_on_SQLite()
    {
        var folder = Directory.CreateTempSubdirectory("wecombridge-work-");
        try
        {
            var options = Options.Create(new StateOptions { ConnectionString = $"Data Source={Path.Combine(folder.FullName, "state.db")}" });
            await using var state = new SqliteStateDatabase(options, NullLogger<SqliteStateDatabase>.Instance);
            await StateMigrator.MigrateAsync(state, TimeProvider.System, CancellationToken.None);
            await RunHistoriesAsync(state, 250);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Random_histories_keep_their_promises_on_PostgreSQL()
    {
        await using var state = await postgres.CreateStateAsync();
        await RunHistoriesAsync(state, 100);
    }

    [Fact]
    public async Task Four_connections_that_claim_at_once_never_share_a_piece_and_leave_none()
    {
        await using var state = await postgres.CreateStateAsync();
        for (var n = 0; n < 400; n++) await MarkAsync(state, $"k{n}");

        var claimed = await Task.WhenAll(Enumerable.Range(0, 4).Select(instance => Task.Run(async () =>
        {
            var mine = new List<string>();
            while (await ClaimAsync(state, $"instance{instance}", 7) is { Count: > 0 } items) mine.AddRange(items.Select(item => item.Key.Key));
            return mine;
        })));

        claimed.SelectMany(keys => keys).Order().ShouldBe(Enumerable.Range(0, 400).Select(n => $"k{n}").Order());
        claimed.Count(keys => keys.Count > 0).ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Marks_that_meet_claims_and_completions_at_full_speed_are_all_worked()
    {
        await using var state = await postgres.CreateStateAsync();
        var marked = new ConcurrentDictionary<string, int>();
        var seen = new ConcurrentDictionary<string, int>();
        var atWork = new ConcurrentDictionary<string, int>();
        using var markersDone = new CancellationTokenSource();

        var markers = Enumerable.Range(0, 2).Select(marker => Task.Run(async () =>
        {
            for (var n = 0; n < 400; n++)
            {
                var key = $"k{n % 5}";
                await MarkAsync(state, key);
                marked.AddOrUpdate(key, 1, (_, count) => count + 1);
            }
        })).ToList();
        var workers = Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            while (true)
            {
                var isLast = markersDone.IsCancellationRequested;
                var items = await ClaimAsync(state, $"instance{worker}", 2);
                foreach (var item in items)
                {
                    atWork.TryAdd(item.Key.Key, worker).ShouldBeTrue($"{item.Key.Key} is worked twice at once");
                    var known = marked.GetValueOrDefault(item.Key.Key);
                    await Task.Yield();
                    atWork.TryRemove(item.Key.Key, out _);
                    seen.AddOrUpdate(item.Key.Key, known, (_, other) => Math.Max(known, other));
                    await state.WriteAsync(session => WorkStore.CompleteAsync(session, item), CancellationToken.None);
                }

                if (isLast && items.Count == 0) return;
            }
        })).ToList();

        await Task.WhenAll(markers);
        await markersDone.CancelAsync();
        await Task.WhenAll(workers);

        // A key's last work began after its last mark was durable, so it saw every mark counted by then; the count lags a mark by at most one for each marker.
        foreach (var (key, count) in marked) seen[key].ShouldBeGreaterThanOrEqualTo(count - 2, key);
        (await state.ReadAsync(session => WorkStore.CountAsync(session, WorkLane.Tags, Now), CancellationToken.None)).ShouldBe(new WorkCounts(0, 0, 0, 0, null));
    }

    private async Task RunHistoriesAsync(IStateDatabase state, int count)
    {
        // New histories at each run; a failure names the seed that repeats it.
        var first = Random.Shared.Next(1_000_000_000);
        var (claims, swallows, zombies, reclaims) = (0, 0, 0, 0);
        for (var n = 0; n < count; n++)
        {
            var history = new WorkHistory(state, $"corp{n}", new Random(first + n));
            try
            {
                await history.RunAsync(Steps);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"The history of seed {first + n} ({Steps} steps) broke a promise: {exception.Message}", exception);
            }

            (claims, swallows, zombies, reclaims) = (claims + history.Seen.Claims, swallows + history.Seen.Swallows, zombies + history.Seen.Zombies, reclaims + history.Seen.Reclaims);
        }

        output.WriteLine($"{count} histories from seed {first}: {claims} claims, {reclaims} of them after a lease ran out, {swallows} completions that met a newer mark, {zombies} ends by holders without a claim");
        // Histories in which nothing happens would prove nothing.
        new[] { claims, swallows, zombies, reclaims }.ShouldAllBe(times => times >= count / 10);
    }

    private static Task MarkAsync(PostgresStateDatabase state, string key) =>
        state.WriteAsync(session => WorkStore.MarkAsync(session, new WorkKey(WorkLane.Tags, "acme", key), "contact", Now, Guid.NewGuid(), Now), CancellationToken.None);

    private static Task<IReadOnlyList<WorkItem>> ClaimAsync(PostgresStateDatabase state, string owner, int max) =>
        state.WriteAsync(session => WorkStore.ClaimAsync(session, WorkLane.Tags, owner, max, Now, Lease), CancellationToken.None);
}
