using MassTransit;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WecomBridge.Broker;
using WecomBridge.Customers;
using WecomBridge.Operations;
using WecomBridge.Work;

namespace WecomBridge.Tags;

internal static class TagsRegistration
{
    /// <summary>Keeps tags true.</summary>
    public static void AddTags(this IBusRegistrationConfigurator bus)
    {
        bus.AddSettings<TagsOptions, TagsOptionsValidator>(TagsOptions.Section);
        bus.TryAddSingleton<CustomerReader>();
        bus.AddSingleton<TagDictionary>();
        bus.AddSingleton<TagFacts>();
        bus.AddSingleton<TagsMetrics>();
        bus.AddSingleton<TagWriter>();
        bus.AddSingleton<TagAnnouncer>();
        bus.AddSingleton<IReconciler, TagDictionaryReconciler>();
        bus.AddSingleton<IReconciler, TagsReconciler>();
        bus.AddConsumerOn<TagsConsumer>(Topology.TagsQueue);
        bus.AddSingleton<TagSweep>();
        bus.AddHostedService(provider => provider.GetRequiredService<TagSweep>());
        bus.AddHealthChecks().AddCheck<TagsHealth>("tags", tags: [HealthEndpoints.Ready]);
    }
}
