using MassTransit;
using WecomBridge.Broker;
using WecomBridge.Work;

namespace WecomBridge.Groups;

internal static class GroupsRegistration
{
    public static void AddGroups(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumerOn<GroupsConsumer>(Topology.GroupsQueue);
        bus.AddSingleton<IReconciler, GroupsReconciler>();
    }
}
