using MassTransit;
using WecomBridge.Broker;
using WecomBridge.Work;

namespace WecomBridge.Groups;

internal static class GroupsRegistration
{
    /// <summary>Keeps the members of customer groups and tells of each who comes or goes.</summary>
    public static void AddGroups(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumerOn<GroupsConsumer>(Topology.GroupsQueue);
        bus.AddSingleton<GroupAnnouncer>();
        bus.AddSingleton<IReconciler, GroupsReconciler>();
    }
}
