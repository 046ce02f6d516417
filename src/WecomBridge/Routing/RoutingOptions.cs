using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using WecomBridge.Operations;

namespace WecomBridge.Routing;

/// <summary>Who gets which events. Section <c>Routing</c>; needs <c>Broker:Transport</c> <c>RabbitMq</c>. May change while the service runs.</summary>
internal sealed class RoutingOptions
{
    public const string Section = "Routing";

    /// <summary>How long events may wait in a subscriber's queue that nobody reads before health names it. Default 1 hour; 1 second to 30 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan AbandonedAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Subscribers by name (<c>[a-z0-9_-]{1,32}</c>). Default: none.</summary>
    public Dictionary<string, SubscriberOptions> Subscribers { get; set; } = [];
}

/// <summary>One subscriber's queue and what comes into it.</summary>
internal sealed class SubscriberOptions
{
    /// <summary>Quorum queue to declare, <c>crm.&lt;team&gt;.&lt;purpose&gt;</c>; its dead letters go to the same name plus <c>.dlq</c>. Required.</summary>
    public string Queue { get; set; } = "";

    /// <summary>Events as <c>entity.action</c>, <c>entity.*</c> or <c>*</c> for all; <c>profile.updated</c> and <c>profile.tags_changed</c> carry CRM facts and are bound only when named. Required, at least one.</summary>
    public IReadOnlyList<string> Events { get; set; } = [];

    /// <summary>Corps by their configured names. Default: all.</summary>
    public IReadOnlyList<string> Corps { get; set; } = [];

    /// <summary>Conditions on what the event itself carries. Default: none.</summary>
    public SubscriberWhen When { get; set; } = new();

    /// <summary>1, 2, 4, 8 or 16. Default 1: one queue. More: queues <c>&lt;queue&gt;.0</c> and so on, each read by one consumer at a time, and all events of one customer or group in the same one.</summary>
    public int Partitions { get; set; } = 1;

    /// <summary>How long an event waits in the queue before it goes to the dead letters. Default 7 days; 1 minute to 49 days (the broker counts milliseconds in 32 bits).</summary>
    [Range(typeof(TimeSpan), "00:01:00", "49.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Bytes of event bodies that wait, over all partitions; above it the oldest go to the dead letters. Default 1 GiB; 1 MiB to 1 TiB.</summary>
    [Range(1L << 20, 1L << 40)]
    public long MaxBytes { get; set; } = 1L << 30;
}

/// <summary>Conditions of a subscriber. All that are named must hold; of each list, any entry may. An event that does not carry what a condition is about does not match.</summary>
/// <remarks>Patterns with <c>*</c> and <c>?</c> everywhere. The publisher judges them for every event, so nothing that has to be looked up is among them.</remarks>
[OnlyThese("routing knows only what the event itself carries, and looks nothing up")]
internal sealed class SubscriberWhen
{
    /// <summary>Configured names of the apps that received the callback. Default: every app.</summary>
    public IReadOnlyList<string> Apps { get; set; } = [];

    /// <summary>Channel parameters; case matters. Default: every channel, and none.</summary>
    public IReadOnlyList<string> State { get; set; } = [];

    /// <summary>Staff ids; case does not matter. Default: everybody.</summary>
    public IReadOnlyList<string> Staff { get; set; } = [];

    /// <summary>Customer ids (<c>external_userid</c>). Default: every customer.</summary>
    public IReadOnlyList<string> Customer { get; set; } = [];

    /// <summary>Group ids (<c>chat_id</c>). Default: every group.</summary>
    public IReadOnlyList<string> Group { get; set; } = [];

    /// <summary>Words of the event's own <c>kind</c>: of a group's member <c>customer</c>, <c>staff</c>, <c>other</c>; of a tag event <c>tag</c>, <c>group</c>; of a message its kind. Default: every kind.</summary>
    public IReadOnlyList<string> Kind { get; set; } = [];

    /// <summary>Words of <c>wborigin</c>: <c>callback</c>, <c>derived</c>, <c>reconcile</c>, <c>repair</c>, <c>replay</c>. Default: every origin.</summary>
    public IReadOnlyList<string> Origin { get; set; } = [];
}

[OptionsValidator]
internal sealed partial class RoutingRangesValidator : IValidateOptions<RoutingOptions>;

[OptionsValidator]
internal sealed partial class SubscriberRangesValidator : IValidateOptions<SubscriberOptions>;
