namespace WecomBridge.Operations;

/// <summary>The settings that a host reads; replaced as a whole when files change.</summary>
internal sealed class LiveSettings : ConfigurationProvider, IConfigurationSource
{
    public LiveSettings(IDictionary<string, string?> settings) => Data = Copy(settings);

    /// <summary>As they stand now, flat.</summary>
    public IReadOnlyDictionary<string, string?> Current => (IReadOnlyDictionary<string, string?>)Data;

    /// <summary>Puts others in their place and tells everybody who reads options through a monitor.</summary>
    public void Replace(IDictionary<string, string?> settings)
    {
        Data = Copy(settings);
        OnReload();
    }

    IConfigurationProvider IConfigurationSource.Build(IConfigurationBuilder builder) => this;

    private static Dictionary<string, string?> Copy(IDictionary<string, string?> settings) => new(settings, StringComparer.OrdinalIgnoreCase);
}
