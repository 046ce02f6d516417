using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;
using WecomBridge.State;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Welcome;

/// <summary>Uploads one file for one corp, unless it is there already.</summary>
internal sealed class MediaReconciler(
    MediaShelf shelf,
    GreetingMedia media,
    IWecomClientFactory clients,
    IStateDatabase database,
    WorkSignal signal,
    IOptionsMonitor<WecomOptions> corps,
    TimeProvider time,
    ILogger<MediaReconciler> logger) : IReconciler
{
    /// <summary>WeCom keeps media for three days; a day is left for whatever may be in the way.</summary>
    private static readonly TimeSpan RefreshAfter = TimeSpan.FromDays(2);

    /// <summary>Files that were uploaded together are not all refreshed together.</summary>
    private static readonly TimeSpan RefreshSpread = TimeSpan.FromHours(4);

    public string Lane => WorkLane.Media;

    public async Task ReconcileAsync(WorkItem item, CancellationToken cancellationToken)
    {
        var (corp, key) = (item.Key.Corp, item.Key.Key);
        // Settings or file have changed since it was marked, or only another instance has it: whoever needs the content marks it again.
        if (shelf.Find(key) is not { } file || GreetingApps.Of(corps.CurrentValue, corp) is not { Count: > 0 } apps) return;
        var began = time.GetUtcNow();
        var present = await database.ReadAsync(session => GreetingMediaStore.FindAsync(session, corp, key), cancellationToken);
        if (present is { Refused: false } && began < present.RefreshAt) return;
        var reading = MediaFileReader.Read(file);
        if (reading.Key != key) return;

        var (answer, app) = await UploadAsync(corp, apps, new CgibinMediaUploadRequest { Type = file.Type, FileName = reading.Name, Content = reading.Bytes }, cancellationToken);
        if (string.IsNullOrEmpty(answer.MediaId)) throw new WecomException(WecomFailure.Transient, WecomPaths.MediaUpload, errorCode: null, $"{WecomPaths.MediaUpload} gave no media id.");
        var stored = new StoredMedia(corp, key, answer.MediaId, began, began + RefreshAfter + (RefreshSpread * Random.Shared.NextDouble()), Refused: false);
        await database.WriteAsync(session => GreetingMediaStore.SaveAsync(session, stored, began - CgibinMediaUploadResponse.MediaLife), cancellationToken);
        media.Learn([stored]);
        signal.Raise(GreetingMedia.Bell);
        logger.Uploaded(corp, file.Type, reading.Bytes.Length, app);
    }

    /// <summary>Uploads through the corp's first app that is allowed to: all of them may use what one has uploaded.</summary>
    private async Task<(CgibinMediaUploadResponse Answer, string App)> UploadAsync(string corp, IReadOnlyList<string> apps, CgibinMediaUploadRequest request, CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                return (await clients.For(corp, apps[i], CallLane.Bulk).ExecuteCgibinMediaUploadAsync(request, cancellationToken), apps[i]);
            }
            catch (WecomException refusal) when (refusal.Failure == WecomFailure.Denied && i + 1 < apps.Count)
            {
                // The next app may be allowed; the last one's refusal is everybody's.
            }
        }
    }
}
