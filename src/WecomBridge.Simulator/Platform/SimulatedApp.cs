using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Simulator.Platform;

/// <summary>One app of a corp: its callback configuration and its rights.</summary>
public sealed class SimulatedApp : IDisposable
{
    private readonly Func<string, bool> _subscribes;
    private Uri? _callbackUrl;
    private string _secret;

    internal SimulatedApp(SimulatedAppOptions options, string corpId)
    {
        Name = options.Name;
        AgentId = options.AgentId;
        Kind = options.Kind;
        _secret = options.Secret;
        _callbackUrl = options.CallbackUrl;
        var events = options.Events is null ? null : new HashSet<string>(options.Events, StringComparer.OrdinalIgnoreCase);
        _subscribes = name => events is null || events.Contains(name);
        Crypto = options.EncodingAesKey.Length == 0 ? null : new CallbackCrypto(options.Token, options.EncodingAesKey, options.ReceiverId ?? corpId);
    }

    /// <summary>Name in the options.</summary>
    public string Name { get; }

    /// <summary>Agent id.</summary>
    public int AgentId { get; }

    /// <summary>Where callbacks go from now on; null: nowhere.</summary>
    public Uri? CallbackUrl
    {
        get => Volatile.Read(ref _callbackUrl);
        set => Volatile.Write(ref _callbackUrl, value);
    }

    /// <summary>Whether the caller's address is on the app's list; false answers 60020. Default true.</summary>
    public bool AddressTrusted { get; set; } = true;

    /// <summary>Whether the app is among those that may call the customer API; false answers 48002. Default true.</summary>
    public bool CustomerApiAllowed { get; set; } = true;

    /// <summary>Whose secret it has.</summary>
    public AppKinds Kind { get; }

    internal string Secret
    {
        get => Volatile.Read(ref _secret);
        set => Volatile.Write(ref _secret, value);
    }

    internal CallbackCrypto? Crypto { get; }

    /// <summary>An administrator resets the secret; the service's one is wrong from now on (40001).</summary>
    public void ChangeSecret(string secret)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        Secret = secret;
    }

    internal bool Receives(string eventName) => CallbackUrl is not null && Crypto is not null && _subscribes(eventName);

    /// <inheritdoc/>
    public void Dispose() => Crypto?.Dispose();
}
