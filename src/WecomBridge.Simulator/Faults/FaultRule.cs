namespace WecomBridge.Simulator.Faults;

/// <summary>What a fault acts on.</summary>
public enum FaultTarget
{
    /// <summary>Calls of <c>/cgi-bin/</c>; the pattern is the path after it.</summary>
    Api,
    /// <summary>Calls of the CRMs; the pattern is the path after <c>/crm/</c>, <c>/espocrm/api/v1/</c> or <c>/suitecrm/legacy/Api/</c>, without query.</summary>
    Crm,
    /// <summary>Callbacks; the pattern is <c>Event/ChangeType</c>.</summary>
    Callback,
}

/// <summary>What goes wrong. Api and Crm unless said otherwise.</summary>
public enum FaultKind
{
    /// <summary>The connection is aborted before any effect. Callback: never sent at all.</summary>
    Drop,
    /// <summary>All is well after <see cref="FaultRule.Delay"/>. Callback: sent that much later.</summary>
    Delay,
    /// <summary>No answer for <see cref="FaultRule.Delay"/> (zero: as long as the caller waits), then the connection is aborted; no effect.</summary>
    Hang,
    /// <summary><see cref="FaultRule.Status"/> with an HTML page; no effect.</summary>
    ServerError,
    /// <summary>The effect happens; the answer trickles in over <see cref="FaultRule.Delay"/>.</summary>
    SlowDrip,
    /// <summary>The effect happens; the answer is the first half of its JSON.</summary>
    TruncatedJson,
    /// <summary>The effect happens; the answer is 200 without a body.</summary>
    EmptyAnswer,
    /// <summary>The effect happens; the answer is 200 with an HTML page, as of a proxy in between.</summary>
    HtmlAnswer,
    /// <summary>Api: <c>{"errcode":null,"errmsg":null}</c>; no effect.</summary>
    NullErrorCode,
    /// <summary>Api: <see cref="FaultRule.ErrorCode"/>; no effect.</summary>
    ErrorCode,
    /// <summary>The effect happens; the connection is aborted.</summary>
    AnswerLost,
    /// <summary>The effect happens; the answer is <see cref="FaultRule.Status"/> with an HTML page.</summary>
    EffectThenServerError,
    /// <summary>Crm: a success is answered; nothing was changed.</summary>
    WithoutEffect,
    /// <summary>Api: the token of the call is revoked first, so that this and all later calls with it get 40014.</summary>
    RevokeToken,
    /// <summary>Callback: sent twice at the same time.</summary>
    Duplicate,
    /// <summary>Callback: held back until another callback was sent, at most <see cref="FaultRule.Delay"/> (zero: 1 s).</summary>
    Reorder,
}

/// <summary>When what goes wrong, and how often.</summary>
public sealed record FaultRule
{
    /// <summary>What it acts on.</summary>
    public FaultTarget Target { get; init; }

    /// <summary>Which of them: <c>*</c> any text, <c>?</c> one character; ignoring case. Default all.</summary>
    public string Pattern { get; init; } = "*";

    /// <summary>What goes wrong.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>How often at most; null, the default, is without end.</summary>
    public int? Times { get; init; }

    /// <summary>Matches passed over before the first. Default 0.</summary>
    public int Skip { get; init; }

    /// <summary>Chance of each match, 0 to 1, drawn from the simulator's seed. Default 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Length of a delay, hang, drip or reorder, in real time.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>HTTP status of a server error. Default 502.</summary>
    public int Status { get; init; } = 502;

    /// <summary>Code of <see cref="FaultKind.ErrorCode"/>. Default -1, system busy.</summary>
    public int ErrorCode { get; init; } = -1;
}
