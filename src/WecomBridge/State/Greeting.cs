namespace WecomBridge.State;

/// <summary>How a greeting ended.</summary>
internal enum GreetingOutcome
{
    /// <summary>The platform took it, or said that one was there already.</summary>
    Sent,

    /// <summary>None was sent; the reason says why.</summary>
    Missed,

    /// <summary>Time ran out on a lost answer: it may have been sent, and so counts as sent for the rest of the add.</summary>
    Unknown,
}

/// <summary>Answer to a claim.</summary>
internal enum GreetingClaimResult
{
    /// <summary>The caller alone may send until its lease ends.</summary>
    Claimed,

    /// <summary>This event has its outcome.</summary>
    AlreadyDone,

    /// <summary>Another claim may be sending at this moment, or has an unknown end: ask again later.</summary>
    HeldByOther,

    /// <summary>The customer was greeted in the same add by another event of it, half or full: nothing to do.</summary>
    SameAddGreeted,
}

/// <summary>What a claim found.</summary>
/// <param name="Result">Whether the caller may send.</param>
/// <param name="Attempt">Claims of this event so far, this one included; above 1 an earlier one may have sent without noting it. 0 unless claimed.</param>
/// <param name="Outcome">With <see cref="GreetingClaimResult.AlreadyDone"/>.</param>
/// <param name="Reason">Of a missed or unknown greeting.</param>
/// <param name="Rule">By which the event ended; null for none, and when the row has gone on to another event.</param>
/// <param name="App">Through which it ended; null when that is not known.</param>
internal sealed record GreetingClaim(GreetingClaimResult Result, int Attempt = 0, GreetingOutcome? Outcome = null, string? Reason = null, string? Rule = null, string? App = null);

/// <summary>The end of a claim.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">Of a missed or unknown greeting.</param>
internal sealed record GreetingEnd(GreetingOutcome Outcome, string? Reason = null)
{
    /// <summary>The rule that was chosen; null for none.</summary>
    public string? Rule { get; init; }

    /// <summary>Whose code was to be used.</summary>
    public string? App { get; init; }

    /// <summary>WeCom refused that app as a whole, and nothing was sent: the code of another may still serve.</summary>
    public bool IsDenied { get; init; }

    /// <summary>Nothing can have been sent for this event, whatever became of its earlier claims.</summary>
    public bool IsCertain { get; init; }
}

/// <summary>The event last in hand for a relation, and how it ended.</summary>
/// <param name="EventId">The add.</param>
/// <param name="EventTime">When the platform says it happened.</param>
/// <param name="Outcome">Null while claimed.</param>
/// <param name="Reason">Of a missed or unknown greeting.</param>
/// <param name="Attempt">Claims of this event.</param>
/// <param name="LastGreetedEventId">The event that was last greeted, or may have been; it may be an earlier one.</param>
/// <param name="LastGreetedEventTime">And its time.</param>
/// <param name="App">Through which it ended; null while claimed.</param>
internal sealed record Greeting(
    Guid EventId,
    DateTimeOffset EventTime,
    GreetingOutcome? Outcome,
    string? Reason,
    int Attempt,
    Guid? LastGreetedEventId,
    DateTimeOffset? LastGreetedEventTime,
    string? App);
