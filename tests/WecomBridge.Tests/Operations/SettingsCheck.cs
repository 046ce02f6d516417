using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;

namespace WecomBridge.Tests.Operations;

/// <summary>Binds and checks a feature's settings as the service does at start; of two settings with one key the later holds.</summary>
internal static class SettingsCheck
{
    public static TOptions Bind<TOptions>(Action<IServiceCollection> add, string environment, params (string Key, string? Value)[] settings)
        where TOptions : class
    {
        using var provider = Provider(add, environment, settings);
        return provider.GetRequiredService<IOptions<TOptions>>().Value;
    }

    public static IReadOnlyList<string> Faults<TOptions>(Action<IServiceCollection> add, string environment, params (string Key, string? Value)[] settings)
        where TOptions : class
    {
        try
        {
            Bind<TOptions>(add, environment, settings);
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
    }

    public static ServiceProvider Provider(Action<IServiceCollection> add, string environment, params (string Key, string? Value)[] settings)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in settings) values[key] = value;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = environment });
        add(services);
        return services.BuildServiceProvider();
    }
}
