using System.Collections.Concurrent;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tags;

/// <summary>Ids of corp tags by name, read from the platform and kept for ten minutes; creates managed tags that are missing, one caller at a time for each corp.</summary>
internal sealed class TagDirectory(TimeProvider time, ILogger<TagDirectory> logger)
{
    private static readonly TimeSpan KeepFor = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, CorpTags> _corps = new(StringComparer.Ordinal);

    private sealed record Snapshot(DateTimeOffset ReadAt, Dictionary<TagName, string> Ids);

    private sealed class CorpTags
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public Snapshot? Known { get; set; }
    }

    /// <summary>Forgets what is known of a corp: its tags have changed.</summary>
    public void Forget(string corp)
    {
        if (_corps.TryGetValue(corp, out var tags)) tags.Known = null;
    }

    /// <summary>Ids of all wanted tags; those that do not exist are created.</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Conflict"/> when somebody else is creating the same tags.</exception>
    public async Task<IReadOnlyDictionary<TagName, string>> EnsureAsync(string corp, IWecomClient client, IReadOnlyCollection<TagName> wanted, CancellationToken cancellationToken)
    {
        var tags = _corps.GetOrAdd(corp, static _ => new CorpTags());
        if (tags.Known is { } known && IsFresh(known) && wanted.All(known.Ids.ContainsKey)) return known.Ids;

        await tags.Gate.WaitAsync(cancellationToken);
        try
        {
            known = tags.Known;
            if (known is null || !IsFresh(known) || !wanted.All(known.Ids.ContainsKey)) known = await ReadAsync(client, cancellationToken);
            foreach (var group in wanted.Where(tag => !known.Ids.ContainsKey(tag)).GroupBy(tag => tag.Group, StringComparer.Ordinal))
                known = await CreateAsync(corp, client, known, group.Key, [.. group.Select(tag => tag.Tag)], cancellationToken);
            tags.Known = known;
            return known.Ids;
        }
        finally
        {
            tags.Gate.Release();
        }
    }

    private bool IsFresh(Snapshot known) => time.GetUtcNow() - known.ReadAt < KeepFor;

    private async Task<Snapshot> ReadAsync(IWecomClient client, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var answer = await client.ExecuteCgibinExternalContactGetCorpTagListAsync(new CgibinExternalContactGetCorpTagListRequest(), cancellationToken);
        var ids = new Dictionary<TagName, string>();
        foreach (var group in answer.TagGroup.Where(group => !group.Deleted)) Add(ids, group, group.GroupName);
        return new Snapshot(now, ids);
    }

    private async Task<Snapshot> CreateAsync(string corp, IWecomClient client, Snapshot known, string group, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.ExecuteCgibinExternalContactAddCorpTagAsync(new CgibinExternalContactAddCorpTagRequest { GroupName = group, Tag = [.. names.Select(name => new NewCorpTag(name))] }, cancellationToken);
            logger.TagsCreated(names.Count, group, corp);
            var ids = new Dictionary<TagName, string>(known.Ids);
            if (answer.TagGroup is { } created) Add(ids, created, group);
            if (names.All(name => ids.ContainsKey(new TagName(group, name)))) return known with { Ids = ids };
        }
        catch (WecomException exists) when (exists.ErrorCode == WecomErrorCodes.TagNameExists)
        {
            // Another instance or a person was faster; the list tells the id.
        }

        var again = await ReadAsync(client, cancellationToken);
        return names.All(name => again.Ids.ContainsKey(new TagName(group, name)))
            ? again
            : throw new WecomException(WecomFailure.Conflict, WecomPaths.AddCorpTag, WecomErrorCodes.TagNameExists, $"{WecomPaths.AddCorpTag} neither created nor found all tags of a group.");
    }

    private static void Add(Dictionary<TagName, string> ids, CorpTagGroup group, string? groupName)
    {
        foreach (var tag in group.Tag)
        {
            if (groupName is not null && tag is { Deleted: false, Name: { } name, Id: { } id }) ids.TryAdd(new TagName(groupName, name), id);
        }
    }
}
