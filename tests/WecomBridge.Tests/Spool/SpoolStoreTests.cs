using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WecomBridge.Broker;
using WecomBridge.Spool;

namespace WecomBridge.Tests.Spool;

public sealed class SpoolStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wb-spool-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "spool.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_appended_is_read_again_in_order_after_a_restart()
    {
        await using (var spool = Open())
        {
            await spool.AppendAsync([Message(1), Message(2)], ticket: null);
            await spool.AppendAsync([Message(3)], ticket: null);
        }

        await using var again = Open();
        var read = again.Read(MessageLane.Event, -1, 10);
        read.Select(row => row.Message.RoutingKey).ShouldBe(["key-1", "key-2", "key-3"]);
        read[0].Message.Attributes["cloudEvents_id"].ShouldBe("1");
        read[0].Message.Body.ToArray().ShouldBe([1, 1, 1]);
        again.Count(MessageLane.Event).ShouldBe(3);
    }

    [Fact]
    public async Task A_ticket_taken_early_keeps_its_place_although_it_is_appended_late()
    {
        await using var spool = Open();
        var early = spool.TakeTicket();
        await spool.AppendAsync([Message(2)], ticket: null);
        await spool.AppendAsync([Message(1)], early);
        spool.Read(MessageLane.Event, -1, 10).Select(row => row.Message.RoutingKey).ShouldBe(["key-1", "key-2"]);
    }

    [Fact]
    public async Task Lanes_are_read_apart()
    {
        await using var spool = Open();
        await spool.AppendAsync([Message(1), Message(2) with { Lane = MessageLane.Welcome }], ticket: null);
        spool.Read(MessageLane.Welcome, -1, 10).Single().Message.RoutingKey.ShouldBe("key-2");
        spool.Read(MessageLane.Event, -1, 10).Single().Message.RoutingKey.ShouldBe("key-1");
    }

    [Fact]
    public async Task A_full_spool_takes_nothing_and_takes_again_when_there_is_room()
    {
        await using var spool = Open(maxBytes: 1 << 20);
        var taken = 0;
        while (spool.Bytes + 70_000 < 1 << 20)
        {
            await spool.AppendAsync([Message(++taken, 60_000)], ticket: null);
        }

        await Should.ThrowAsync<NotDurableException>(() => spool.AppendAsync([Message(99, 100_000)], ticket: null));
        spool.Fault.ShouldNotBeNull();
        await spool.DeleteAsync(spool.Read(MessageLane.Event, -1, 5));
        await spool.AppendAsync([Message(100, 100_000)], ticket: null);
        spool.Fault.ShouldBeNull();
        spool.Count(MessageLane.Event).ShouldBe(taken - 5 + 1);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_set_aside_and_intake_goes_on()
    {
        await File.WriteAllTextAsync(Path, new string('x', 8192));
        await using var spool = Open();
        await spool.AppendAsync([Message(1)], ticket: null);
        spool.DamagedFiles.ShouldBe(1);
        spool.Count(MessageLane.Event).ShouldBe(1);
        Directory.GetFiles(_folder, "spool.db.damaged-*").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_damaged_page_costs_its_rows_only_and_intake_goes_on()
    {
        await using (var spool = Open())
        {
            for (var n = 0; n < 200; n++) await spool.AppendAsync([Message(n, 2000)], ticket: null);
        }

        // Without its log the file holds everything; then one page in its last quarter is overwritten.
        using (var checkpoint = new SqliteConnection($"Data Source={Path};Pooling=false"))
        {
            checkpoint.Open();
            using var command = checkpoint.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            command.ExecuteNonQuery();
        }

        using (var file = File.OpenHandle(Path, FileMode.Open, FileAccess.Write))
            RandomAccess.Write(file, Enumerable.Repeat((byte)0xFF, 4096 * 8).ToArray(), RandomAccess.GetLength(file) * 3 / 4 / 4096 * 4096);

        await using var again = Open();
        var found = 0;
        for (var after = -1L; again.Read(MessageLane.Event, after, 50) is { Count: > 0 } rows; after = rows[^1].Sequence) found += rows.Count;
        await again.AppendAsync([Message(999)], ticket: null);
        again.DamagedFiles.ShouldBe(1);
        var all = again.Read(MessageLane.Event, -1, 1000);
        all.Count.ShouldBeGreaterThan(50);
        all[^1].Message.RoutingKey.ShouldBe("key-999");
    }

    [Fact]
    public async Task A_copy_with_a_torn_tail_holds_every_acknowledged_message_of_its_moment()
    {
        await using var spool = Open();
        for (var n = 0; n < 50; n++) await spool.AppendAsync([Message(n, 500)], ticket: null);
        var copy = System.IO.Path.Combine(_folder, "copy.db");
        File.Copy(Path, copy);
        File.Copy(Path + "-wal", copy + "-wal");
        for (var n = 50; n < 60; n++) await spool.AppendAsync([Message(n, 500)], ticket: null);
        await File.AppendAllTextAsync(copy + "-wal", "torn tail of a write that never came to its end");

        await using var again = Open(path: copy);
        again.Read(MessageLane.Event, -1, 100).Select(row => row.Message.RoutingKey).ShouldBe(Enumerable.Range(0, 50).Select(n => $"key-{n}"));
    }

    [Fact]
    public async Task A_vanished_folder_refuses_and_a_new_one_is_used()
    {
        await using var spool = Open(path: System.IO.Path.Combine(_folder, "gone", "spool.db"));
        await spool.AppendAsync([Message(1)], ticket: null);
        Directory.Delete(System.IO.Path.Combine(_folder, "gone"), recursive: true);
        await Should.ThrowAsync<NotDurableException>(() => spool.AppendAsync([Message(2)], ticket: null));
        await spool.AppendAsync([Message(3)], ticket: null);
        spool.Read(MessageLane.Event, -1, 10).Single().Message.RoutingKey.ShouldBe("key-3");
    }

    [Fact]
    public async Task Concurrent_appends_all_arrive_once()
    {
        await using var spool = Open();
        await Task.WhenAll(Enumerable.Range(0, 500).Select(n => spool.AppendAsync([Message(n)], ticket: null)));
        spool.Read(MessageLane.Event, -1, 1000).Select(row => row.Message.RoutingKey).Distinct().Count().ShouldBe(500);
        await spool.DeleteAsync(spool.Read(MessageLane.Event, -1, 1000));
        spool.Bytes.ShouldBe(0);
    }

    private static OutgoingMessage Message(int n, int size = 3) => new()
    {
        Exchange = "wecom.events",
        RoutingKey = $"key-{n}",
        Id = Guid.NewGuid(),
        Type = "t",
        Time = DateTimeOffset.UnixEpoch,
        PartitionKey = "p",
        Body = Enumerable.Repeat((byte)n, size).ToArray(),
        Attributes = new Dictionary<string, string> { ["cloudEvents_id"] = $"{n}" },
    };

    private SpoolStore Open(long maxBytes = 1L << 30, string? path = null) =>
        new(Options.Create(new SpoolOptions { Path = path ?? Path, MaxBytes = maxBytes }), TimeProvider.System, NullLogger<SpoolStore>.Instance);
}
