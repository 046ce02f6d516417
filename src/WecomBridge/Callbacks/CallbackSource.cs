using WecomBridge.Broker;

namespace WecomBridge.Callbacks;

/// <summary>Where a callback came in: one configured app. Made once for each app.</summary>
/// <param name="Corp">Configured name of the corp.</param>
/// <param name="CorpId">WeCom's id of the corp, as configured.</param>
/// <param name="App">Configured name of the app.</param>
internal sealed record CallbackSource(string Corp, string CorpId, string App)
{
    /// <summary>Whether texts that staff write to the app are published. Default: no.</summary>
    public bool IncludeMessageContent { get; init; }

    /// <summary>The CloudEvents source.</summary>
    public string Path { get; } = EventFactory.SourceOf(Corp, App);
}
