using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using WecomBridge.State;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Welcome;

/// <inheritdoc cref="IGreetingMedia" />
internal sealed class GreetingMedia(MediaShelf shelf, WorkSignal signal, IOptionsMonitor<WelcomeOptions> options, TimeProvider time) : IGreetingMedia
{
    /// <summary>Rung when the keeper is not to wait for its next look.</summary>
    public const string Bell = "greeting media";

    /// <summary>A greeting that is being sent may take so long to arrive, and clocks differ.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    /// <summary>How long an id that the settings give is left out once it was refused.</summary>
    private static readonly TimeSpan LeaveOutFor = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<(string Corp, string Key), StoredMedia> _known = new();
    private readonly ConcurrentDictionary<(string Corp, string MediaId), bool> _refused = new();
    private readonly ConcurrentDictionary<(string Corp, string MediaId), DateTimeOffset> _refusedGiven = new();

    /// <summary>Refusals that State does not know yet.</summary>
    public IReadOnlyCollection<(string Corp, string MediaId)> Refusals => [.. _refused.Keys];

    /// <summary>After it WeCom has forgotten an upload.</summary>
    public static DateTimeOffset UsableUntil(StoredMedia media) => media.CreatedAt + CgibinMediaUploadResponse.MediaLife - Margin;

    public string? Resolve(string corp, MediaFile file)
    {
        var (key, former) = shelf.KeysOf(file);
        return (Usable(corp, key) ?? Usable(corp, former))?.MediaId;
    }

    /// <summary>What is known of a content in a corp and may be sent; null when nothing.</summary>
    public StoredMedia? Usable(string corp, string? key) =>
        key is not null && _known.TryGetValue((corp, key), out var media) && !media.Refused && time.GetUtcNow() < UsableUntil(media) ? media : null;

    public bool IsRefused(string corp, string mediaId) => _refusedGiven.TryGetValue((corp, mediaId), out var at) && time.GetUtcNow() - at < LeaveOutFor;

    public void Refused(string corp, CgibinExternalContactSendWelcomeMessageRequest greeting)
    {
        var ids = (greeting.Attachments ?? []).Select(MediaIdOf).OfType<string>().ToHashSet();
        var given = MediaNeeds.GivenOf(options.CurrentValue).Select(setting => setting.MediaId).Where(ids.Contains).ToList();
        foreach (var id in given) _refusedGiven[(corp, id)] = time.GetUtcNow();
        if (given.Count > 0) signal.Raise(Bell);
        else RefuseUploads(corp, ids);
    }

    private void RefuseUploads(string corp, HashSet<string> ids)
    {
        foreach (var (key, media) in _known)
        {
            if (key.Corp != corp || media.Refused || !ids.Contains(media.MediaId)) continue;
            _refused[(corp, media.MediaId)] = true;
            _known.TryUpdate(key, media with { Refused = true }, media);
            signal.Raise(Bell);
        }
    }

    /// <summary>State knows of a refusal.</summary>
    public void RefusalNoted((string Corp, string MediaId) refusal) => _refused.TryRemove(refusal, out _);

    /// <summary>Takes in what State has. What this process learned meanwhile is newer and stays.</summary>
    public void Learn(IReadOnlyCollection<StoredMedia> stored)
    {
        foreach (var media in stored)
        {
            var read = _refused.ContainsKey((media.Corp, media.MediaId)) ? media with { Refused = true } : media;
            _known.AddOrUpdate((media.Corp, media.Key), read, (_, known) => known.CreatedAt > read.CreatedAt ? known : read);
        }

        foreach (var (key, media) in _known)
        {
            if (time.GetUtcNow() >= UsableUntil(media)) _known.TryRemove(KeyValuePair.Create(key, media));
        }
    }

    private static string? MediaIdOf(WelcomeAttachment attachment) =>
        attachment.Image?.MediaId ?? attachment.Miniprogram?.PicMediaId ?? attachment.Video?.MediaId ?? attachment.File?.MediaId;
}
