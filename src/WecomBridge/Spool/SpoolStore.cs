using System.Globalization;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using WecomBridge.Broker;

namespace WecomBridge.Spool;

/// <summary>The spool of this instance: messages are appended in groups that share one sync, read in order of arrival, and deleted when they have gone on.</summary>
/// <remarks>
/// Only the writing loop opens, replaces and writes the file. A damaged file is set aside under its name plus <c>.damaged-…</c>,
/// what can still be read of it moves to a new file, and intake goes on.
/// </remarks>
internal sealed class SpoolStore : IAsyncDisposable
{
    private const int MaxGroup = 512;
    private const int MessagesPerTicket = IOutbox.MostTogether;

    /// <summary>So many messages in one group mean that callers wait for the disk and the processor, not the other way round.</summary>
    private const int CrowdedGroup = 32;
    private static readonly TimeSpan CrowdedFor = TimeSpan.FromMilliseconds(50);
    private readonly string _path;
    private readonly long _maxBytes;
    private readonly TimeProvider _time;
    private readonly ILogger<SpoolStore> _logger;
    private readonly Channel<SpoolWrite> _writes = Channel.CreateUnbounded<SpoolWrite>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _order = new();
    private readonly long[] _counts = new long[2];
    private readonly TaskCompletionSource[] _stored = [NewSignal(), NewSignal()];
    private readonly Task _writing;
    private List<(long Sequence, OutgoingMessage Message)> _rescued = [];
    private volatile SpoolFile? _file;
    private volatile SpoolFile? _foundDamaged;
    private volatile string? _fault;
    private long _ticket;
    private long _crowdedAt;
    private long _storedBytes;
    private long _pendingBytes;
    private long _pendingEvents;
    private int _damagedFiles;

    public SpoolStore(IOptions<SpoolOptions> options, TimeProvider time, ILogger<SpoolStore> logger)
    {
        (_path, _maxBytes, _time, _logger) = (Path.GetFullPath(options.Value.Path), options.Value.MaxBytes, time, logger);
        WriteGroup([]);
        _writing = Task.Run(WriteGroupsAsync);
    }

    /// <summary>Why nothing can be spooled at the moment, or null.</summary>
    public string? Fault => _fault;

    /// <summary>Files that were set aside since the start.</summary>
    public int DamagedFiles => _damagedFiles;

    /// <summary>Messages waiting, of one lane.</summary>
    public long Count(MessageLane lane) => Interlocked.Read(ref _counts[(int)lane]);

    /// <summary>Whether an event waits or is being written.</summary>
    // What is being written first: between the two looks a message moves from there to the count, never back.
    public bool HasEvents => Interlocked.Read(ref _pendingEvents) > 0 || Count(MessageLane.Event) > 0;

    /// <summary>Bytes waiting or being written, against <see cref="SpoolOptions.MaxBytes"/>.</summary>
    public long Bytes => Interlocked.Read(ref _storedBytes) + Interlocked.Read(ref _pendingBytes);

    /// <summary>Whether callers have just been waiting for each other: what is not urgent had better wait too.</summary>
    public bool Crowded => Interlocked.Read(ref _crowdedAt) is var at and not 0 && _time.GetElapsedTime(at) < CrowdedFor;

    /// <summary>A place in the order of arrival, for messages that may be appended later.</summary>
    public long TakeTicket()
    {
        lock (_order) return ++_ticket;
    }

    /// <summary>Appends messages and returns when they are synced, all or none.</summary>
    /// <param name="messages">At most eight, stored in this order.</param>
    /// <param name="ticket">A place taken earlier, or null for the next one.</param>
    /// <exception cref="NotDurableException">The spool is full or cannot be written; nothing was stored.</exception>
    public Task AppendAsync(IReadOnlyList<OutgoingMessage> messages, long? ticket)
    {
        if (messages.Count > MessagesPerTicket) throw new ArgumentException($"At most {MessagesPerTicket} messages are appended at once.", nameof(messages));
        var (bytes, events) = (0L, 0L);
        foreach (var message in messages)
        {
            bytes += message.Body.Length + SpoolFile.RowOverhead;
            if (message.Lane == MessageLane.Event) events++;
        }

        var write = new SpoolWrite { Added = messages, Bytes = bytes, Events = events };
        if (Bytes + write.Bytes > _maxBytes)
        {
            _fault = "full: Spool:MaxBytes is reached";
            return Task.FromException(new NotDurableException("The spool holds Spool:MaxBytes; nothing more is taken.", null));
        }

        Pending(write, +1);

        // The ticket and the place in the writer's queue are taken together, so that rows become readable in ticket order.
        lock (_order)
        {
            write.First = (ticket ?? ++_ticket) * MessagesPerTicket;
            if (!_writes.Writer.TryWrite(write)) write.Done.SetException(new NotDurableException("The spool is closed.", null));
        }

        return write.Done.Task;
    }

    /// <summary>The next messages of a lane after a sequence, in order of arrival.</summary>
    public IReadOnlyList<SpooledMessage> Read(MessageLane lane, long after, int max)
    {
        if (_file is not { } file) return [];
        try
        {
            return file.Read(lane, after, max);
        }
        catch (SqliteException failure) when (SpoolErrors.MeansDamaged(failure))
        {
            _foundDamaged = file;
            _writes.Writer.TryWrite(new SpoolWrite());
            return [];
        }
        catch (ObjectDisposedException)
        {
            // The writing loop has replaced the file meanwhile; the next read sees the new one.
            return [];
        }
    }

    /// <summary>Completes when the next message of the lane is stored. Taken before a read, it misses nothing that the read does not see.</summary>
    public Task NextStored(MessageLane lane)
    {
        var stored = _stored[(int)lane];
        if (stored.Task.IsCompleted) Volatile.Write(ref _stored[(int)lane], stored = NewSignal());
        return stored.Task;
    }

    /// <summary>Deletes messages that have gone on.</summary>
    /// <exception cref="NotDurableException">They are still there; handing them on again means duplicates with the same ids, nothing worse.</exception>
    public Task DeleteAsync(IReadOnlyList<SpooledMessage> messages)
    {
        if (messages.Count == 0) return Task.CompletedTask;
        var write = new SpoolWrite { Deleted = messages };
        return _writes.Writer.TryWrite(write) ? write.Done.Task : Task.FromException(new NotDurableException("The spool is closed.", null));
    }

    public async ValueTask DisposeAsync()
    {
        _writes.Writer.TryComplete();
        await _writing;
        if (_rescued.Count > 0) _logger.SpoolRowsLeftBehind(_rescued.Count);
        _file?.Dispose();
    }

    private async Task WriteGroupsAsync()
    {
        var group = new List<SpoolWrite>();
        while (await _writes.Reader.WaitToReadAsync())
        {
            group.Clear();
            var rows = 0;
            while (rows < MaxGroup && _writes.Reader.TryRead(out var write))
            {
                group.Add(write);
                rows += write.Added.Count + write.Deleted.Count;
            }

            WriteGroup(group);
        }
    }

    private void WriteGroup(List<SpoolWrite> group)
    {
        try
        {
            if (_foundDamaged is { } damaged && ReferenceEquals(damaged, _file)) SetAside(damaged, "unreadable");
            _foundDamaged = null;
            try
            {
                Commit(group);
            }
            catch (SqliteException failure) when (SpoolErrors.MeansDamaged(failure) && _file is not null)
            {
                // Never a second try on the same file: after a failed sync a success would prove nothing.
                SetAside(_file, $"SQLite error {failure.SqliteErrorCode}/{failure.SqliteExtendedErrorCode}");
                Commit(group);
            }

            _fault = null;
            foreach (var write in group) Finish(write);
        }
        catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            // Nothing of the group is stored; its callers hear it, and the next group tries again.
            Fail(group, failure);
            CloseUnwritable(failure);
        }
    }

    private void Commit(List<SpoolWrite> group)
    {
        var file = _file ?? Open();
        var added = new List<(long, OutgoingMessage)>(_rescued);
        var deleted = new List<SpooledMessage>();
        foreach (var write in group)
        {
            for (var i = 0; i < write.Added.Count; i++) added.Add((write.First + i, write.Added[i]));
            deleted.AddRange(write.Deleted);
        }

        if (added.Count + deleted.Count > 0) file.Write(added, deleted);
        if (added.Count >= CrowdedGroup) Interlocked.Exchange(ref _crowdedAt, _time.GetTimestamp());
        foreach (var (_, message) in _rescued) Stored(message, +1);
        _rescued = [];
    }

    private SpoolFile Open()
    {
        var file = OpenFile();
        try
        {
            Count(file);
        }
        catch (SqliteException failure) when (SpoolErrors.MeansDamaged(failure))
        {
            SetAside(file, $"SQLite error {failure.SqliteErrorCode}");
            file = OpenFile();
            Count(file);
        }

        return _file = file;
    }

    private SpoolFile OpenFile()
    {
        try
        {
            return SpoolFile.OpenOrCreate(_path);
        }
        catch (SqliteException failure) when (SpoolErrors.MeansDamaged(failure))
        {
            Rename($"SQLite error {failure.SqliteErrorCode}");
            return SpoolFile.OpenOrCreate(_path);
        }
    }

    private void Count(SpoolFile file)
    {
        var (welcome, events, bytes, last) = file.Measure();
        Interlocked.Exchange(ref _counts[0], welcome);
        Interlocked.Exchange(ref _counts[1], events);
        Interlocked.Exchange(ref _storedBytes, bytes);
        Continue(last);
    }

    /// <summary>New messages take their places behind those that are there.</summary>
    private void Continue(long last)
    {
        lock (_order) _ticket = Math.Max(_ticket, last / MessagesPerTicket);
    }

    private void Finish(SpoolWrite write)
    {
        foreach (var message in write.Added) Stored(message, +1);
        foreach (var (_, message) in write.Deleted) Stored(message, -1);
        Pending(write, -1);
        write.Done.TrySetResult();
    }

    private void Pending(SpoolWrite write, int sign)
    {
        Interlocked.Add(ref _pendingBytes, sign * write.Bytes);
        Interlocked.Add(ref _pendingEvents, sign * write.Events);
    }

    private void Stored(OutgoingMessage message, int sign)
    {
        Interlocked.Add(ref _counts[(int)message.Lane], sign);
        Interlocked.Add(ref _storedBytes, sign * (message.Body.Length + SpoolFile.RowOverhead));
        if (sign > 0 && !_stored[(int)message.Lane].Task.IsCompleted) _stored[(int)message.Lane].TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Fail(List<SpoolWrite> group, Exception failure)
    {
        var reason = failure is SqliteException sqlite ? string.Create(CultureInfo.InvariantCulture, $"SQLite error {sqlite.SqliteErrorCode}/{sqlite.SqliteExtendedErrorCode}") : failure.GetType().Name;
        if (_fault is null) _logger.SpoolFailed(reason);
        _fault = reason;
        foreach (var write in group)
        {
            Pending(write, -1);
            if (write.Added.Count + write.Deleted.Count > 0) write.Done.TrySetException(new NotDurableException("The spool could not be written.", failure));
            else write.Done.TrySetResult();
        }
    }

    /// <summary>The folder is gone or read-only: the file is opened again with the next group. A full disk leaves it as it is.</summary>
    private void CloseUnwritable(Exception failure)
    {
        if (failure is not SqliteException { SqliteErrorCode: SpoolErrors.CannotOpen or SpoolErrors.ReadOnly }) return;
        _file?.Dispose();
        _file = null;
    }

    /// <summary>Gives a damaged file up; what can still be read of it is written with the next group.</summary>
    private void SetAside(SpoolFile file, string reason)
    {
        _file = null;

        // What an earlier file left and no file has taken yet is kept beside it.
        _rescued = [.. _rescued.Concat(file.Salvage()).DistinctBy(row => (row.Message.Lane, row.Sequence))];
        Continue(_rescued.Select(row => row.Sequence).DefaultIfEmpty().Max());
        file.Dispose();
        Interlocked.Exchange(ref _counts[0], 0);
        Interlocked.Exchange(ref _counts[1], 0);
        Interlocked.Exchange(ref _storedBytes, 0);
        _logger.SpoolRowsRescued(_rescued.Count);
        try
        {
            Rename(reason);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It stays in place with its rows and is tried again as it is.
            _rescued = [];
            _logger.SpoolFailed(failure.GetType().Name);
        }
    }

    private void Rename(string reason)
    {
        _damagedFiles++;
        var target = $"{_path}.damaged-{_time.GetUtcNow().UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture)}";
        foreach (var suffix in (string[])["", "-wal", "-shm"])
        {
            if (File.Exists(_path + suffix)) File.Move(_path + suffix, target + suffix);
        }

        _logger.SpoolFileSetAside(target, reason);
    }
}
