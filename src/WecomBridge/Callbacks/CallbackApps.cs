using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using WecomBridge.Operations;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Callbacks;

/// <summary>The configured apps with their keys prepared once.</summary>
internal sealed class CallbackApps(IOptions<WecomOptions> wecom, IOptions<CallbacksOptions> callbacks) : IDisposable
{
    private readonly FrozenDictionary<(string, string), CallbackApp> _apps = wecom.Value.Corps
        .SelectMany(corp => corp.Value.Apps.Where(app => app.Value.Keys.Count > 0).Select(app => Prepare(corp.Key, corp.Value, app.Key, app.Value, callbacks.Value)))
        .ToFrozenDictionary(app => (app.Source.Corp, app.Source.App));

    /// <summary>The app of an address, or null.</summary>
    public CallbackApp? Find(string corp, string app) => _apps.GetValueOrDefault((corp, app));

    public void Dispose()
    {
        foreach (var app in _apps.Values) app.Keys.Dispose();
    }

    private static CallbackApp Prepare(string corp, CorpOptions corpOptions, string app, AppOptions appOptions, CallbacksOptions callbacks)
    {
        var keys = appOptions.Keys.Select(key => new CallbackKey(SecretText.Resolve(key.Token), SecretText.Resolve(key.EncodingAesKey)));
        var source = new CallbackSource(corp, corpOptions.CorpId, app) { IncludeMessageContent = callbacks.IncludeMessageContent };
        return new CallbackApp(source, new CallbackKeyRing(keys, appOptions.ReceiverId ?? corpOptions.CorpId));
    }
}
