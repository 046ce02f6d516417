using WecomBridge.Work;

namespace WecomBridge.Tags;

/// <summary>Reads a corp's tags after they changed in WeCom or in the settings.</summary>
internal sealed class TagDictionaryReconciler(TagDictionary dictionary) : IReconciler
{
    /// <summary>A corp's tags are read as a whole: a group's deletion tells of its tags by their absence only.</summary>
    public const string Key = "tags";

    public string Lane => WorkLane.Dictionary;

    public Task ReconcileAsync(WorkItem item, CancellationToken cancellationToken) => dictionary.SyncAsync(item.Key.Corp, item.App, cancellationToken);
}
