using WecomBridge.State;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Operations;

/// <summary>The service's own tokens where State can be used, so that none is fetched without need; before the service's first start a token of the doctor's own, forgotten at its end.</summary>
internal sealed class DoctorTokenStore(IStateDatabase state) : IAccessTokenStore
{
    private readonly Lazy<Task<IAccessTokenStore>> _store = new(() => ChooseAsync(state));

    public async Task<AccessTokenEntry> GetAsync(string corp, string app, CancellationToken ct) => await (await _store.Value).GetAsync(corp, app, ct);

    public async Task<AccessTokenEntry?> TryLeaseAsync(string corp, string app, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken ct) =>
        await (await _store.Value).TryLeaseAsync(corp, app, owner, now, until, ct);

    public async Task<bool> TryReplaceAsync(string corp, string app, long expectedGeneration, AccessToken token, string fingerprint, CancellationToken ct) =>
        await (await _store.Value).TryReplaceAsync(corp, app, expectedGeneration, token, fingerprint, ct);

    public async Task ReleaseAsync(string corp, string app, string owner, AccessTokenRefusal? refusal, CancellationToken ct) =>
        await (await _store.Value).ReleaseAsync(corp, app, owner, refusal, ct);

    private static async Task<IAccessTokenStore> ChooseAsync(IStateDatabase state)
    {
        try
        {
            await StateMigrator.RequireKnownAsync(state, CancellationToken.None);
            return new StateAccessTokenStore(state);
        }
        catch (Exception failure) when (failure is StateUnavailableException or StateTooNewException)
        {
            return new InMemoryAccessTokenStore();
        }
    }
}
