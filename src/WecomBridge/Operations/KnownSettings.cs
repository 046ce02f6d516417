using Microsoft.Extensions.Options;

namespace WecomBridge.Operations;

/// <summary>Refuses settings that no option reads: a condition or limit with a typing error must not be taken for absent.</summary>
internal sealed class KnownSettings<TOptions>(IConfiguration configuration, string section) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var faults = new List<SettingsFault>();
        SettingsShape.Compare(configuration.GetSection(section), typeof(TOptions), faults);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.Select(fault => fault.Sentence));
    }
}

/// <summary>Says of an options class why it has no other settings than these, for those who look for one that stands elsewhere.</summary>
/// <param name="why">Ends the sentence "… cannot be used here: ".</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OnlyTheseAttribute(string why) : Attribute
{
    public string Why { get; } = why;
}

internal static class SettingsRegistration
{
    /// <summary>Binds a section and checks it at start: unknown keys, then the feature's own rules; every fault is reported together.</summary>
    public static IServiceCollection AddSettings<TOptions, TValidator>(this IServiceCollection services, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddSingleton<IValidateOptions<TOptions>>(provider => new KnownSettings<TOptions>(provider.GetRequiredService<IConfiguration>(), section));
        services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
        return services;
    }
}
