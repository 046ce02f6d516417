using System.Collections.Concurrent;

namespace WecomBridge.Wecom.Api;

/// <summary>Keeps one client per app and lane, and one token per app.</summary>
/// <param name="findApp">The app by its configured names as settings have it now; null when it is not configured or has no secret.</param>
/// <param name="transport">Shared by all apps.</param>
/// <param name="store">Where instances share tokens.</param>
/// <param name="governor">Keeps all clients inside the platform's limits.</param>
/// <param name="interceptors">Who sees the exchanges; none for nobody.</param>
/// <param name="time">Clock of the tokens.</param>
public sealed class WecomClientFactory(
    Func<string, string, WecomApp?> findApp, WecomTransport transport, IAccessTokenStore store, CallGovernor governor, IReadOnlyList<IWecomInterceptor> interceptors, TimeProvider time) : IWecomClientFactory
{
    private readonly ConcurrentDictionary<(string Corp, string App), Lazy<Entry>> _clients = new();

    private sealed record Entry(WecomApp App, AccessTokenSource Tokens, IWecomClient[] Clients);

    /// <inheritdoc />
    public IWecomClient For(string corp, string app, CallLane lane)
    {
        var found = findApp(corp, app) ?? throw new WecomException(WecomFailure.Denied, WecomPaths.GetToken, errorCode: null, $"No app \"{app}\" with a secret is configured for corp \"{corp}\".");
        var entry = _clients.GetOrAdd((corp, app), _ => Create(found)).Value;

        // A secret was changed while running: the old token and its back-off end with it.
        if (entry.App != found) entry = _clients.AddOrUpdate((corp, app), _ => Create(found), (_, present) => present.Value.App == found ? present : Create(found)).Value;
        return entry.Clients[(int)lane];
    }

    /// <summary>Apps to which the platform gives no token at present, with its reason.</summary>
    public IReadOnlyList<(WecomApp App, WecomException Refusal)> Refusals() =>
        [.. _clients.Values.Where(entry => entry.IsValueCreated).Select(entry => (entry.Value.App, entry.Value.Tokens.Refusal)).Where(entry => entry.Refusal is not null).Select(entry => (entry.App, entry.Refusal!))];

    private Lazy<Entry> Create(WecomApp app) => new(() =>
    {
        var tokens = new AccessTokenSource(app, transport, store, time);
        return new Entry(app, tokens, [.. Enum.GetValues<CallLane>().Select(lane => new WecomClient(app, lane, transport, tokens, governor, interceptors, time))]);
    });
}
