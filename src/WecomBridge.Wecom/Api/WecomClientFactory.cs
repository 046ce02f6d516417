using System.Collections.Concurrent;

namespace WecomBridge.Wecom.Api;

/// <summary>Keeps one client, and so one token, per app.</summary>
/// <param name="findApp">The app by its configured names as settings have it now; null when it is not configured or has no secret.</param>
/// <param name="transport">Shared by all apps.</param>
/// <param name="store">Where instances share tokens.</param>
/// <param name="time">Clock of the tokens.</param>
public sealed class WecomClientFactory(Func<string, string, WecomApp?> findApp, WecomTransport transport, IAccessTokenStore store, TimeProvider time) : IWecomClientFactory
{
    private readonly ConcurrentDictionary<(string Corp, string App), Lazy<Entry>> _clients = new();

    private sealed record Entry(WecomApp App, IWecomClient Client);

    /// <inheritdoc />
    public IWecomClient For(string corp, string app)
    {
        var found = findApp(corp, app) ?? throw new WecomException(WecomFailure.Denied, WecomPaths.GetToken, errorCode: null, $"No app \"{app}\" with a secret is configured for corp \"{corp}\".");
        var entry = _clients.GetOrAdd((corp, app), _ => Create(found)).Value;
        if (entry.App == found) return entry.Client;

        // A secret was changed while running: the old token and its back-off end with it.
        return _clients.AddOrUpdate((corp, app), _ => Create(found), (_, present) => present.Value.App == found ? present : Create(found)).Value.Client;
    }

    private Lazy<Entry> Create(WecomApp app) => new(() => new Entry(app, new WecomClient(transport, new AccessTokenSource(app, transport, store, time))));
}
