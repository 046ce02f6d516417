using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace WecomBridge.Operations;

/// <summary>Refuses settings that no option reads: a condition or limit with a typing error must not be taken for absent.</summary>
internal sealed class KnownSettings<TOptions>(IConfiguration configuration, string section) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var faults = new List<string>();
        Compare(configuration.GetSection(section), typeof(TOptions), faults);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Compare(IConfigurationSection section, Type type, List<string> faults)
    {
        // The binder passes over a text where a list belongs, and a list where a text does: a condition would be taken for absent.
        var isValue = !string.IsNullOrEmpty(section.Value);
        if (ItemType(type) is { } itemType)
        {
            if (isValue) faults.Add($"{section.Path} must be a list or hold names, not a single value.");
            foreach (var child in section.GetChildren()) Compare(child, itemType, faults);
            return;
        }

        if (!IsOptionsClass(type))
        {
            if (section.GetChildren().Any()) faults.Add($"{section.Path} must be a single value.");
            return;
        }

        foreach (var child in section.GetChildren())
        {
            var property = type.GetProperty(child.Key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
            if (property is null) faults.Add(type.GetCustomAttribute<OnlyTheseAttribute>() is { Why: var why } ? $"{child.Path} cannot be used here: {why}." : $"{child.Path} is not a setting.");
            else Compare(child, property.PropertyType, faults);
        }
    }

    private static Type? ItemType(Type type)
    {
        if (type == typeof(string) || !type.IsAssignableTo(typeof(IEnumerable))) return null;
        return type.GetGenericArguments() is [.., var last] ? last : null;
    }

    private static bool IsOptionsClass(Type type) => type.IsClass && type.Assembly == typeof(KnownSettings<>).Assembly;
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
