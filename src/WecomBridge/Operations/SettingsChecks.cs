using Microsoft.Extensions.Options;

namespace WecomBridge.Operations;

/// <summary>Checks settings as a start would, without starting.</summary>
internal static class SettingsChecks
{
    /// <exception cref="SettingsRefusedException">A file is missing or no JSON.</exception>
    public static IDictionary<string, string?> Read(SettingsFiles files)
    {
        try
        {
            return files.Read();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException or FormatException)
        {
            throw new SettingsRefusedException([failure.InnerException is { } inner ? $"{failure.Message} {inner.Message}" : failure.Message]);
        }
    }

    /// <summary>Binds and checks every section.</summary>
    /// <returns>The options; the caller's to dispose.</returns>
    /// <exception cref="SettingsRefusedException">With every fault.</exception>
    public static ServiceProvider Require(IDictionary<string, string?> settings, string environment)
    {
        ServiceProvider? provider = null;
        try
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = environment });
            SettingsSources.Use(builder.Configuration, settings);
            builder.Services.AddLogging();
            ServiceHost.AddFeatures(builder);
            provider = builder.Services.BuildServiceProvider();
            provider.GetRequiredService<IStartupValidator>().Validate();
            return provider;
        }
        catch (Exception failure) when (FaultsOf(failure) is { } faults)
        {
            provider?.Dispose();
            // A section that another one's rules look at reports its faults twice.
            throw new SettingsRefusedException([.. faults.Distinct(StringComparer.Ordinal)]);
        }
    }

    private static IReadOnlyList<string>? FaultsOf(Exception failure) => failure switch
    {
        OptionsValidationException invalid => [.. invalid.Failures],
        AggregateException several when several.InnerExceptions.All(inner => FaultsOf(inner) is not null) => [.. several.InnerExceptions.SelectMany(inner => FaultsOf(inner)!)],
        InvalidOperationException invalid => [invalid.InnerException is { } inner ? $"{invalid.Message} {inner.Message}" : invalid.Message],
        _ => null,
    };
}
