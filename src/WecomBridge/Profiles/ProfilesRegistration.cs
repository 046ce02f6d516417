using MassTransit;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WecomBridge.Broker;
using WecomBridge.Customers;
using WecomBridge.Operations;
using WecomBridge.Work;

namespace WecomBridge.Profiles;

internal static class ProfilesRegistration
{
    /// <summary>Joins customers with the CRM.</summary>
    public static void AddProfiles(this IBusRegistrationConfigurator bus)
    {
        bus.AddSettings<ProfilesOptions, ProfilesOptionsValidator>(ProfilesOptions.Section);
        bus.TryAddSingleton<CustomerReader>();
        bus.AddSingleton<FieldTemplates>();
        bus.AddSingleton<ProfileWriter>();
        bus.AddSingleton<ProfileAnnouncer>();
        bus.AddSingleton<IReconciler, ProfilesReconciler>();
        bus.AddConsumerOn<ProfilesConsumer>(Topology.ProfilesQueue);
    }

    /// <summary>The page of one customer, on every instance: it reads State only.</summary>
    public static IServiceCollection AddProfilePage(this IServiceCollection services)
    {
        services.AddSingleton<ProfileReader>();
        services.AddSingleton<IOperationsPages, ProfilePage>();
        return services;
    }
}
