using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator;

/// <summary>What the simulated WeCom and CRM are like. Section <c>Simulator</c> of the <c>simulator</c> verb.</summary>
public sealed class SimulatorOptions
{
    /// <summary>Seed of every random choice: ids, codes, people, faults. The same seed and the same calls in the same order give the same run. Default 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Port on 127.0.0.1; 0, the default, takes a free one.</summary>
    public int Port { get; set; }

    /// <summary>The corps; at least one.</summary>
    public IList<SimulatedCorpOptions> Corps { get; set; } = [];

    /// <summary>The platform's clock: event times, life of codes and tokens, rate windows, lags. Time-outs, retries and fault delays of the network always run on real time.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>How callbacks are delivered.</summary>
    public CallbackDeliveryOptions Callbacks { get; set; } = new();

    /// <summary>Rates and concurrency that the API enforces; may be changed while running.</summary>
    public ApiLimits Limits { get; set; } = new();

    /// <summary>Real time every API call takes before its effect. Default zero.</summary>
    public TimeSpan ApiLatency { get; set; }

    /// <summary>How long after a change <c>groupchat/get</c> still answers the group as it was before, on the platform's clock. Default zero.</summary>
    public TimeSpan GroupLag { get; set; }

    /// <summary>How events tell of a group's members. Default with list and versions.</summary>
    public GroupEventForm GroupEvents { get; set; }

    /// <summary>How long after an add the API still answers 84061, on the platform's clock. Default zero.</summary>
    public TimeSpan RelationLag { get; set; }

    /// <summary>How long moment tasks, uploads by URL and the dispatch of a mass message take, on the platform's clock. Default 1 s.</summary>
    public TimeSpan JobTime { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a cursor can be used, on the platform's clock; later 50100. The platform's life is unpublished; default 10 min.</summary>
    public TimeSpan CursorLife { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether every listing begins with an empty page that has a cursor, as visibility filters may cause. Default false.</summary>
    public bool EmptyFirstPages { get; set; }

    /// <summary>The caller's address as refusals name it. Default <c>203.0.113.7</c>, of a range that is nobody's.</summary>
    public string CallerAddress { get; set; } = "203.0.113.7";

    /// <summary>Whether a half-add and the add that follows it are one greeting to the platform. Default false: both codes are accepted, so that a double greeting shows.</summary>
    public bool HalfAddSharesGreeting { get; set; }

    /// <summary>Bearer token the CRM asks for. Default <c>crm-token</c>.</summary>
    public string CrmToken { get; set; } = "crm-token";
}

/// <summary>One enterprise.</summary>
public sealed class SimulatedCorpOptions
{
    /// <summary>The enterprise's id.</summary>
    public string CorpId { get; set; } = "";

    /// <summary>Its self-built apps; every one with a callback address gets its own copy of each event.</summary>
    public IList<SimulatedAppOptions> Apps { get; set; } = [];
}

/// <summary>One app of an enterprise.</summary>
public sealed class SimulatedAppOptions
{
    /// <summary>Name, unique in its corp; only the simulator uses it.</summary>
    public string Name { get; set; } = "";

    /// <summary>Which token its secret gives. Default a self-built app.</summary>
    public AppKinds Kind { get; set; } = AppKinds.SelfBuilt;

    /// <summary>Id that <c>message/send</c> and the callback envelope carry.</summary>
    public int AgentId { get; set; } = 1000002;

    /// <summary>Secret for <c>gettoken</c>.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Where callbacks go; null: none are sent until one is set.</summary>
    public Uri? CallbackUrl { get; set; }

    /// <summary>Token of the callback signature.</summary>
    public string Token { get; set; } = "";

    /// <summary>43 characters of base64.</summary>
    public string EncodingAesKey { get; set; } = "";

    /// <summary>Receiver id inside the envelope; null, the default, is the CorpId.</summary>
    public string? ReceiverId { get; set; }

    /// <summary><c>Event</c> names the app subscribes to; null, the default, is all.</summary>
    public IList<string>? Events { get; set; }
}

/// <summary>How WeCom delivers callbacks.</summary>
public sealed class CallbackDeliveryOptions
{
    /// <summary>How long an answer is waited for. Default 5 s.</summary>
    public TimeSpan TimeOut { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a failed callback is sent again. Default 3.</summary>
    public int Retries { get; set; } = 3;

    /// <summary>Wait before each retry. Default 1 s; the platform does not publish its interval.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Which failures are retried. Default <see cref="RetryReading.AnyNon200"/>.</summary>
    public RetryReading Retry { get; set; }

    /// <summary>Envelope and plaintext format. Default XML.</summary>
    public CallbackFormat Format { get; set; }

    /// <summary>Whether a retry has its own random bytes, time, nonce and signature. Default true; false repeats the same bytes.</summary>
    public bool EncryptRetriesAnew { get; set; } = true;

    /// <summary>Most callbacks on the wire at once. Default 256.</summary>
    public int MaxConcurrent { get; set; } = 256;
}

/// <summary>The two documented readings of when WeCom calls again.</summary>
public enum RetryReading
{
    /// <summary>Anything else than 200 is a failure.</summary>
    AnyNon200,
    /// <summary>Only a broken connection or a time-out is a failure; any answer is final.</summary>
    ConnectionFailureOnly,
}

/// <summary>Envelope and plaintext of a callback.</summary>
public enum CallbackFormat
{
    /// <summary>The default of apps.</summary>
    Xml,
    /// <summary>JSON envelope with a JSON plaintext.</summary>
    Json,
}

/// <summary>How an event tells of a group's members (events.md 3).</summary>
public enum GroupEventForm
{
    /// <summary>A list of items, and the versions before and after.</summary>
    Whole,
    /// <summary>The list as one comma-joined text, as some have met it.</summary>
    JoinedList,
    /// <summary>No list: an older payload.</summary>
    NoList,
    /// <summary>No versions: an older payload.</summary>
    NoVersions,
}
