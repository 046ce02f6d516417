using WecomBridge.Wecom.Api;

namespace WecomBridge.Welcome;

/// <summary>What a greeting needs to know of the staff member.</summary>
/// <param name="Name">Null when WeCom does not tell it.</param>
/// <param name="Departments">Ids of the departments the member is in, not of those above.</param>
internal sealed record StaffMember(string? Name, IReadOnlyList<string> Departments)
{
    /// <summary>Departments only: a name is personal.</summary>
    public override string ToString() => string.Join(',', Departments);
}

/// <summary>Members as <c>user/get</c> gave them within the hour. One question a member is under way at a time; what is older is used while it is asked for anew.</summary>
/// <remarks>A question does not end with the greeting that put it: the next greeting has its answer. It is bounded by <see cref="LongestQuestion"/> and by the end of the service.</remarks>
internal sealed class StaffDirectory(IWecomClientFactory clients, TimeProvider time) : IDisposable
{
    /// <summary>Members kept; the least recently asked for go first.</summary>
    public const int Size = 20_000;

    public static readonly TimeSpan KeepFor = TimeSpan.FromHours(1);

    /// <summary>How long a member whom WeCom refused to tell is not asked for again.</summary>
    public static readonly TimeSpan AfterRefusal = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestQuestion = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Corp, string App, string User), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _oldestFirst = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>The member; null when WeCom does not tell.</summary>
    public Task<StaffMember?> FindAsync(string corp, string app, string userId, CancellationToken cancellationToken)
    {
        Task<StaffMember?> answer;
        lock (_lock)
        {
            var entry = EntryOf((corp, app, userId.ToUpperInvariant()));
            if (time.GetUtcNow() >= entry.AskAgainAt && entry.Question is not { IsCompleted: false }) entry.Question = AskAsync(entry, corp, app, userId);
            if (entry.Member is not null || entry.Question is not { IsCompleted: false } question) return Task.FromResult(entry.Member);
            answer = question;
        }

        return answer.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private Entry EntryOf((string Corp, string App, string User) key)
    {
        if (_entries.TryGetValue(key, out var node))
        {
            _oldestFirst.Remove(node);
        }
        else
        {
            if (_entries.Count >= Size)
            {
                _entries.Remove(_oldestFirst.First!.Value.Key);
                _oldestFirst.RemoveFirst();
            }

            _entries[key] = node = new LinkedListNode<Entry>(new Entry(key));
        }

        _oldestFirst.AddLast(node);
        return node.Value;
    }

    private async Task<StaffMember?> AskAsync(Entry entry, string corp, string app, string userId)
    {
        // The caller holds the lock: what follows runs without it.
        await Task.Yield();
        using var limit = new CancellationTokenSource(LongestQuestion, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stopping.Token);
        try
        {
            var answer = await clients.For(corp, app, CallLane.Welcome).ExecuteCgibinUserGetAsync(new CgibinUserGetRequest { Userid = userId }, either.Token);
            var member = new StaffMember(string.IsNullOrWhiteSpace(answer.Name) ? null : answer.Name, [.. answer.Department.Select(id => id.ToString())]);
            Note(entry, member, KeepFor);
            return member;
        }
        catch (WecomException refusal) when (refusal.Failure is not WecomFailure.Transient)
        {
            Note(entry, member: null, AfterRefusal);
            return null;
        }
        catch (Exception failure) when (failure is WecomException or OperationCanceledException)
        {
            // The next greeting asks again.
            return null;
        }
    }

    private void Note(Entry entry, StaffMember? member, TimeSpan quietFor)
    {
        lock (_lock)
        {
            entry.Member = member ?? entry.Member;
            entry.AskAgainAt = time.GetUtcNow() + quietFor;
        }
    }

    private sealed class Entry((string Corp, string App, string User) key)
    {
        public (string Corp, string App, string User) Key { get; } = key;

        public StaffMember? Member { get; set; }

        public DateTimeOffset AskAgainAt { get; set; }

        public Task<StaffMember?>? Question { get; set; }
    }
}
