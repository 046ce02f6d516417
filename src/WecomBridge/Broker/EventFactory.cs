using System.Diagnostics;
using WecomBridge.Contracts;

namespace WecomBridge.Broker;

/// <summary>Makes the events that the bridge derives from others. The same cause, type and discriminator give the same id, so an effect that is repeated is announced under one id.</summary>
internal sealed class EventFactory(TimeProvider time)
{
    /// <summary>Makes a derived event of a type that has a record of its own.</summary>
    /// <param name="corp">Configured name.</param>
    /// <param name="app">Configured name of the app the cause came through.</param>
    /// <param name="causeId">Id of the event this one follows from.</param>
    /// <param name="discriminator">Tells several events of one cause and type apart, such as a member's id; empty when there can be only one.</param>
    /// <param name="subject">What the event is about.</param>
    /// <param name="partitionKey">What must stay in order.</param>
    /// <param name="data">What it says.</param>
    public CloudEvent<TData> Derived<TData>(
        string corp, string app, Guid causeId, string discriminator, string subject, string partitionKey, TData data)
        where TData : EventData
    {
        var type = EventTypes.Of<TData>();
        var now = time.GetUtcNow();
        return new CloudEvent<TData>
        {
            Id = ContentId.OfDerived(causeId, type.CloudEventType, discriminator),
            Source = SourceOf(corp, app),
            Type = type.CloudEventType,
            Subject = subject,
            Time = now,
            DataSchema = type.DataSchema,
            PartitionKey = partitionKey,
            Origin = Origins.Derived,
            Cause = causeId,
            Received = now,
            TraceParent = CurrentTrace(),
            Data = data,
        };
    }

    /// <summary><c>/wecom/&lt;corp&gt;/&lt;app&gt;</c></summary>
    public static string SourceOf(string corp, string app) => $"/wecom/{corp}/{app}";

    /// <summary>The running activity as W3C trace context; null outside one.</summary>
    public static string? CurrentTrace() =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? id : null;
}
