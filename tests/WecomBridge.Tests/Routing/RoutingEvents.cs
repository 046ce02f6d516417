using WecomBridge.Broker;
using WecomBridge.Contracts;

namespace WecomBridge.Tests.Routing;

/// <summary>Events as they are published.</summary>
internal static class RoutingEvents
{
    public static OutgoingMessage Added(string corp = "acme", string? state = "store-1", string staff = "zhang", string customer = "wm1", string origin = Origins.Callback) =>
        Write(new CustomerAdded { CorpId = "ww", Corp = corp, App = "contact", UserId = staff, ExternalUserId = customer, State = state, HasWelcomeCode = false }, customer, origin);

    public static OutgoingMessage Joined(string kind, string group = "wr1") =>
        Write(new GroupMemberJoined { CorpId = "ww", Corp = "acme", App = "contact", ChatId = group, Member = "wm1", Kind = kind, Scene = "qr_code" }, group, Origins.Derived);

    public static OutgoingMessage Write<TData>(TData data, string partitionKey, string origin)
        where TData : EventData
    {
        var type = EventTypes.Of<TData>();
        var cloudEvent = new CloudEvent<TData>
        {
            Id = Guid.NewGuid(),
            Source = $"/wecom/{data.Corp}/{data.App}",
            Type = type.CloudEventType,
            Subject = partitionKey,
            Time = DateTimeOffset.UnixEpoch,
            DataSchema = type.DataSchema,
            PartitionKey = partitionKey,
            Origin = origin,
            Received = DateTimeOffset.UnixEpoch,
            Data = data,
        };
        return EventWriter.Write(cloudEvent, type.ExchangeName);
    }
}
