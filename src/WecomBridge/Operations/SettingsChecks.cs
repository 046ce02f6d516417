namespace WecomBridge.Operations;

/// <summary>Checks settings as a start would, without starting.</summary>
internal static class SettingsChecks
{
    /// <exception cref="SettingsException">A file is missing or no JSON.</exception>
    public static IDictionary<string, string?> Read(SettingsFiles files)
    {
        try
        {
            return files.Read();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException or FormatException)
        {
            throw new SettingsException([new SettingsFault("", failure.InnerException is { } inner ? $"{failure.Message} {inner.Message}" : failure.Message)]);
        }
    }

    /// <summary>Binds and checks every section.</summary>
    /// <returns>The service that would run by them, not started and silent; the caller's to dispose.</returns>
    /// <exception cref="SettingsException">With every fault.</exception>
    public static WebApplication Require(IDictionary<string, string?> settings, string environment)
    {
        var (app, _, faults) = ServiceHost.Assemble(settings, environment, builder => builder.Logging.ClearProviders());
        if (faults.Count == 0) return app;
        ((IDisposable)app).Dispose();
        throw new SettingsException(faults);
    }
}
