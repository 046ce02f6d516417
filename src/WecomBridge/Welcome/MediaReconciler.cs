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
        if (shelf.Find(key) is not { } file || UploadingApp(corps.CurrentValue, corp) is not { } app) return;
        var began = time.GetUtcNow();
        var present = await database.ReadAsync(session => GreetingMediaStore.FindAsync(session, corp, key), cancellationToken);
        if (present is { Refused: false } && began < present.RefreshAt) return;
        var reading = MediaFileReader.Read(file);
        if (reading.Key != key) return;

        var answer = await clients.For(corp, app, CallLane.Bulk).ExecuteCgibinMediaUploadAsync(
            new CgibinMediaUploadRequest { Type = file.Type, FileName = reading.Name, Content = reading.Bytes }, cancellationToken);
        if (string.IsNullOrEmpty(answer.MediaId)) throw new WecomException(WecomFailure.Transient, WecomPaths.MediaUpload, errorCode: null, $"{WecomPaths.MediaUpload} gave no media id.");
        var stored = new StoredMedia(corp, key, answer.MediaId, began, began + RefreshAfter + (RefreshSpread * Random.Shared.NextDouble()), Refused: false);
        await database.WriteAsync(session => GreetingMediaStore.SaveAsync(session, stored, began - CgibinMediaUploadResponse.MediaLife), cancellationToken);
        media.Learn([stored]);
        signal.Raise(GreetingMedia.Bell);
        logger.Uploaded(corp, file.Type, reading.Bytes.Length, app);
    }

    /// <summary>The app through which a corp's media are uploaded: the first with a secret, for all of them may use what one has uploaded. Null when none can.</summary>
    public static string? UploadingApp(WecomOptions options, string corp) =>
        options.Corps.GetValueOrDefault(corp)?.Apps.Where(app => app.Value.Secret is { Length: > 0 }).Select(app => app.Key).Order(StringComparer.Ordinal).FirstOrDefault();
}
