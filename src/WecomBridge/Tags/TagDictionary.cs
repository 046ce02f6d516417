using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using WecomBridge.State;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tags;

/// <summary>Makes WeCom's tags what the settings declare: adopts those that exist, creates and renames the others, and never wars with an administrator who deletes or renames one.</summary>
internal sealed class TagDictionary(IStateDatabase database, IWecomClientFactory clients, IOptionsMonitor<TagsOptions> options, TimeProvider time, ILogger<TagDictionary> logger)
{
    /// <summary>Tags a corp may have. Newer pages say 10,000 (add_corp_tag), older ones and error 40126 say 3,000: the lower is safe.</summary>
    public const int MaxCorpTags = 3000;

    /// <summary>Another instance may have written the dictionary meanwhile.</summary>
    private static readonly TimeSpan KeepFor = TimeSpan.FromSeconds(5);

    /// <summary>Of a group that somebody else is creating at the same time a part may be there; the rest is created in the next round.</summary>
    private const int CreationRounds = 3;

    private readonly ConcurrentDictionary<string, (TagIds Ids, DateTimeOffset ReadAt)> _known = new(StringComparer.Ordinal);

    /// <summary>What is known of a corp's tags, at most five seconds old.</summary>
    public async Task<TagIds> FindAsync(string corp, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue(corp, out var known) && now - known.ReadAt < KeepFor && now >= known.ReadAt) return known.Ids;
        return Keep(corp, await database.ReadAsync(session => TagDictionaryStore.ReadAsync(session, corp), cancellationToken));
    }

    /// <summary>Reads the corp's tags from WeCom and makes them what the settings declare.</summary>
    /// <returns>The tags, and the ids of all that exist in WeCom.</returns>
    /// <exception cref="WecomException"><see cref="WecomFailure.Conflict"/> when somebody else is creating the same tags.</exception>
    public async Task<(TagIds Ids, IReadOnlySet<string> Living)> SyncAsync(string corp, string app, CancellationToken cancellationToken)
    {
        var client = clients.For(corp, app, CallLane.Sync);
        var known = await database.ReadAsync(session => TagDictionaryStore.ReadAsync(session, corp), cancellationToken);
        var platform = await ReadAsync(client, cancellationToken);

        // What was refused once is tried again each time; within one look it stays refused.
        var draft = TagDictionaryDraft.Of(options.CurrentValue, [.. known.Where(entry => entry.Id.Length > 0)], platform);
        if (draft.Renamings.Count > 0) draft = await RenameAsync(corp, client, draft, cancellationToken);
        for (var round = 0; draft.Creations.Count > 0; round++)
        {
            if (round == CreationRounds) throw new WecomException(WecomFailure.Conflict, WecomPaths.AddCorpTag, WecomErrorCodes.TagNameExists, $"{WecomPaths.AddCorpTag} neither created nor found all tags of a group.");
            draft = await CreateAsync(corp, client, draft, Count(platform), cancellationToken);
            platform = await ReadAsync(client, cancellationToken);
            draft = TagDictionaryDraft.Of(options.CurrentValue, draft.Entries, platform);
        }

        await database.WriteAsync(
            async session =>
            {
                await TagDictionaryStore.PutAsync(session, corp, draft.Entries, time.GetUtcNow());
                await TagDictionaryStore.SetCountAsync(session, corp, Count(platform));
            },
            cancellationToken);
        foreach (var lost in draft.Entries.Where(entry => entry.Status != TagDictionaryStatus.Known && !known.Contains(entry))) logger.NotAsDeclared(Key(lost), corp, lost.Status);
        return (Keep(corp, draft.Entries), platform.SelectMany(group => group.Tag).Select(tag => tag.Id!).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>The setting that declares an entry.</summary>
    public static string Key(TagDictionaryEntry entry) => entry.Tag.Length == 0 ? $"Tags:Groups:{entry.Group}" : $"Tags:Groups:{entry.Group}:Tags:{entry.Tag}";

    private static int Count(IReadOnlyList<CorpTagGroup> platform) => platform.Sum(group => group.Tag.Count);

    private static async Task<IReadOnlyList<CorpTagGroup>> ReadAsync(IWecomClient client, CancellationToken cancellationToken)
    {
        var answer = await client.ExecuteCgibinExternalContactGetCorpTagListAsync(new CgibinExternalContactGetCorpTagListRequest(), cancellationToken);
        var living = answer.TagGroup.Where(group => !group.Deleted && !string.IsNullOrEmpty(group.GroupName)).ToList();
        foreach (var group in living) group.Tag = [.. group.Tag.Where(tag => !tag.Deleted && !string.IsNullOrEmpty(tag.Id) && !string.IsNullOrEmpty(tag.Name))];
        return living;
    }

    private async Task<TagDictionaryDraft> RenameAsync(string corp, IWecomClient client, TagDictionaryDraft draft, CancellationToken cancellationToken)
    {
        foreach (var renaming in draft.Renamings)
        {
            var wanted = renaming.Tag.Length == 0 ? renaming.Group : renaming.Tag;
            try
            {
                await client.ExecuteCgibinExternalContactEditCorpTagAsync(new CgibinExternalContactEditCorpTagRequest { Id = renaming.Id, Name = wanted }, cancellationToken);
                logger.Renamed(Key(renaming), corp);
                draft = draft.With(renaming with { Name = wanted, Status = TagDictionaryStatus.Known });
            }
            catch (WecomException refused) when (IsFinal(refused))
            {
                // It keeps its name and its id: tagging goes on, and health says what it is called.
                draft = draft.With(renaming with { Status = TagDictionaryStatus.Renamed });
            }
        }

        return draft;
    }

    private async Task<TagDictionaryDraft> CreateAsync(string corp, IWecomClient client, TagDictionaryDraft draft, int count, CancellationToken cancellationToken)
    {
        foreach (var creation in draft.Creations)
        {
            var isFull = count + creation.Tags.Count > MaxCorpTags;
            if (isFull || !await TryCreateAsync(client, creation, cancellationToken))
            {
                foreach (var tag in creation.Tags) draft = draft.With(new TagDictionaryEntry(creation.Group, tag, "", tag, TagDictionaryStatus.Refused));
                continue;
            }

            count += creation.Tags.Count;
            logger.TagsCreated(creation.Tags.Count, creation.Group, corp);
        }

        return draft;
    }

    private static async Task<bool> TryCreateAsync(IWecomClient client, TagCreation creation, CancellationToken cancellationToken)
    {
        try
        {
            var request = new CgibinExternalContactAddCorpTagRequest { GroupId = creation.GroupId, GroupName = creation.GroupId is null ? creation.Group : null, Tag = [.. creation.Tags.Select(tag => new NewCorpTag(tag))] };
            await client.ExecuteCgibinExternalContactAddCorpTagAsync(request, cancellationToken);
            return true;
        }
        catch (WecomException exists) when (exists.ErrorCode == WecomErrorCodes.TagNameExists)
        {
            // Another instance or a person was faster; the list tells the id.
            return true;
        }
        catch (WecomException refused) when (IsFinal(refused))
        {
            return false;
        }
    }

    /// <summary>A refusal of this one thing, not of the app.</summary>
    private static bool IsFinal(WecomException refused) => refused.ErrorCode == WecomErrorCodes.TagNameExists || refused.Failure == WecomFailure.Rejected;

    private TagIds Keep(string corp, IReadOnlyList<TagDictionaryEntry> entries)
    {
        // Another instance may know other settings: what these do not declare is kept for it, and not looked at here.
        var groups = options.CurrentValue.Groups;
        var ids = new TagIds([.. entries.Where(entry => groups.TryGetValue(entry.Group, out var group) && (entry.Tag.Length == 0 || group.Tags.Contains(entry.Tag)))]);
        _known[corp] = (ids, time.GetUtcNow());
        return ids;
    }
}
