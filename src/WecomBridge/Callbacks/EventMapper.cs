using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Callbacks;

/// <summary>Turns a callback into its event. Pure: the same callback gives the same event, but for when it was received and the running trace.</summary>
/// <remarks>What has no type in the contract, and a known kind without a field its record must have, becomes <see cref="CallbackUnrecognized"/>; nothing fails.</remarks>
internal static partial class EventMapper
{
    /// <summary>Maps a callback that could be read.</summary>
    /// <param name="callback">From <see cref="CallbackEventReader"/>.</param>
    /// <param name="source">The app it came in through.</param>
    /// <param name="received">When it came in; also the event's time where WeCom sent none.</param>
    /// <param name="origin">A word of <see cref="Origins"/>.</param>
    public static MappedEvent Map(CallbackEvent callback, CallbackSource source, DateTimeOffset received, string origin = Origins.Callback)
    {
        var frame = new Frame(callback.CreateTime ?? received, received, source, origin, EventId.Of(source.Corp, callback.Document));
        return MapKnown(callback, frame) ?? Unrecognized(callback, frame);
    }

    /// <summary>Maps a callback that is neither XML nor JSON.</summary>
    /// <param name="plaintext">What the decryption gave.</param>
    /// <param name="source">The app it came in through.</param>
    /// <param name="received">When it came in, and the event's time.</param>
    /// <param name="origin">A word of <see cref="Origins"/>.</param>
    public static MappedEvent MapUnreadable(ReadOnlySpan<byte> plaintext, CallbackSource source, DateTimeOffset received, string origin = Origins.Callback)
    {
        var frame = new Frame(received, received, source, origin, EventId.OfUnreadable(source.Corp, plaintext));
        return frame.Event(source.Corp, new CallbackUnrecognized
        {
            CorpId = source.CorpId,
            Corp = source.Corp,
            App = source.App,
            Reason = UnrecognizedReasons.Unreadable,
            Elements = new Dictionary<string, string>(),
        });
    }

    private static MappedEvent? MapKnown(CallbackEvent callback, in Frame frame) => callback switch
    {
        ExternalContactEvent contact => Customer(contact, frame),
        ExternalChatEvent chat => Group(chat, frame),
        ExternalTagEvent tag => Tag(tag, frame),
        CustomerAcquisitionEvent acquisition => Acquisition(acquisition, frame),
        MemberEvent member => Staff(member, frame),
        DepartmentEvent department => Department(department, frame),
        MemberTagEvent tag => StaffTag(tag, frame),
        BatchJobEvent job => Job(job, frame),
        ArchiveEvent => Archive(frame),
        CustomerServiceEvent service => CustomerService(service, frame),
        ApprovalEvent approval => Approval(approval, frame),
        AppEvent app => App(app, frame),
        MessageEvent message => Message(message, frame),
        SuiteEvent suite => Suite(suite, frame),
        _ => null,
    };

    private static MappedEvent Unrecognized(CallbackEvent callback, in Frame frame)
    {
        var document = callback.Document;
        var source = frame.Source;
        var unknown = callback as UnknownEvent;
        var elements = PublicElements.Of(document, out var truncated);

        // A new kind of change to a known customer or group stays in line with the changes that are known.
        var subject = NullIfEmpty(document["ExternalUserID"]) ?? NullIfEmpty(document["ChatId"]) ?? source.Corp;
        return frame.Event(subject, new CallbackUnrecognized
        {
            CorpId = source.CorpId,
            Corp = source.Corp,
            App = source.App,
            Reason = UnrecognizedReasons.Unknown,
            Event = PublicElements.Clip(unknown?.Event ?? document["Event"] ?? document["InfoType"]),
            ChangeType = PublicElements.Clip(unknown?.ChangeType ?? document["ChangeType"]),
            Elements = elements,
            Truncated = truncated,
        });
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>What all events of one callback share.</summary>
    private readonly struct Frame(DateTimeOffset time, DateTimeOffset received, CallbackSource source, string origin, Guid id)
    {
        public DateTimeOffset Time => time;

        public CallbackSource Source => source;

        public Guid Id => id;

        /// <summary>An event of a type that has a record of its own, in order with its subject.</summary>
        public MappedEvent Event<TData>(string subject, TData data)
            where TData : EventData => Event(EventTypes.Of<TData>(), subject, subject, data);

        /// <summary>An event with everything named.</summary>
        public MappedEvent Event<TData>(EventTypeInfo type, string subject, string partitionKey, TData data, WelcomeOffer? welcome = null)
            where TData : EventData
        {
            var cloudEvent = new CloudEvent<TData>
            {
                Id = id,
                Source = source.Path,
                Type = type.CloudEventType,
                Subject = subject,
                Time = time,
                DataSchema = type.DataSchema,
                PartitionKey = partitionKey,
                Origin = origin,
                Received = received,
                TraceParent = EventFactory.CurrentTrace(),
                Data = data,
            };
            return new MappedEvent
            {
                Message = EventWriter.Write(cloudEvent, type.ExchangeName),
                Type = type,
                Data = data,
                Welcome = welcome,
            };
        }
    }
}
