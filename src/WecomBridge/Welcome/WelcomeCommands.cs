using System.Text.Json;
using Microsoft.Extensions.Options;
using WecomBridge.Broker;
using WecomBridge.Callbacks;
using WecomBridge.Contracts;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Welcome;

/// <summary>Writes the private command that goes out beside the event of an add.</summary>
internal sealed class WelcomeCommands(IOptionsMonitor<WelcomeOptions> options) : IWelcomeCommands
{
    /// <summary>The command for the welcome queue. Null when no rule exists, or when there is no code and a later callback of the same add decides.</summary>
    /// <remarks>An app without a secret writes it too: it is refused and gives way to another app's copy, and if none comes the customer is reported as missed.</remarks>
    public OutgoingMessage? From(CallbackSource source, WelcomeOffer offer, DateTimeOffset received)
    {
        if (options.CurrentValue.Rules.Count == 0) return null;
        if (offer.WelcomeCode is null && offer.Change != ExternalContactChange.Added) return null;

        var command = new SendWelcome
        {
            EventId = offer.EventId,
            Corp = source.Corp,
            CorpId = source.CorpId,
            App = source.App,
            UserId = offer.UserId,
            ExternalUserId = offer.ExternalUserId,
            State = offer.State,
            WelcomeCode = offer.WelcomeCode,
            Kind = KindOf(offer.Change),
            CreatedAt = offer.CreatedAt,
            ReceivedAt = received,
        };
        return Write(command, source.Path);
    }

    /// <summary>The copies that two apps receive are two commands: each app has a code of its own.</summary>
    private static OutgoingMessage Write(SendWelcome command, string source)
    {
        var cloudEvent = new CloudEvent<SendWelcome>
        {
            Id = ContentId.OfDerived(command.EventId, SendWelcome.MessageType, command.App),
            Source = source,
            Type = SendWelcome.MessageType,
            Subject = command.ExternalUserId,
            Time = command.CreatedAt,
            PartitionKey = command.ExternalUserId,
            Origin = Origins.Callback,
            Cause = command.EventId,
            Received = command.ReceivedAt,
            TraceParent = EventFactory.CurrentTrace(),
            Data = command,
        };
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [EventWriter.HeaderPrefix + "id"] = cloudEvent.Id.ToString("D"),
            [EventWriter.HeaderPrefix + "type"] = cloudEvent.Type,
            [EventWriter.HeaderPrefix + "source"] = cloudEvent.Source,
        };
        if (cloudEvent.TraceParent is { } trace) attributes[EventWriter.HeaderPrefix + "traceparent"] = trace;
        return new OutgoingMessage
        {
            Exchange = "",
            RoutingKey = Topology.WelcomeQueue,
            Id = cloudEvent.Id,
            Type = cloudEvent.Type,
            Time = cloudEvent.Time,
            PartitionKey = cloudEvent.PartitionKey,
            Body = JsonSerializer.SerializeToUtf8Bytes(cloudEvent, WelcomeJson.Default.CloudEventSendWelcome),
            Attributes = attributes,
            Lane = MessageLane.Welcome,
        };
    }

    private static string KindOf(ExternalContactChange change) => change switch
    {
        ExternalContactChange.Added => SendWelcome.Added,
        ExternalContactChange.HalfAdded => SendWelcome.HalfAdded,
        _ => SendWelcome.ArchiveAgreed,
    };
}
