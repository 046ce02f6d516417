namespace WecomBridge.Work;

/// <summary>Kinds of work; each has one reconciler.</summary>
internal static class WorkLane
{
    public const string Profiles = "profiles";
    public const string Tags = "tags";
    public const string Groups = "groups";
    public const string Media = "media";
    public const string Notices = "notices";
    public const string Dictionary = "dictionary";
    public const string Crm = "crm";

    /// <summary>Every lane.</summary>
    public static readonly IReadOnlyList<string> All = [Profiles, Tags, Groups, Media, Notices, Dictionary, Crm];
}

/// <summary>What is to be made true: never worked twice at once.</summary>
/// <param name="Lane">Kind of work, one of <see cref="WorkLane"/>.</param>
/// <param name="Corp">Configured name of the corp.</param>
/// <param name="Key">The thing, in the lane's own spelling.</param>
internal sealed record WorkKey(string Lane, string Corp, string Key);

/// <summary>A claimed piece of work.</summary>
/// <param name="Key">What.</param>
/// <param name="App">Configured name of the app through which it was last marked.</param>
/// <param name="Revision">Grows with every mark; work is done when it has not grown meanwhile.</param>
/// <param name="Attempt">Claims since the last mark, this one included; from 1.</param>
/// <param name="MarkedAt">The last mark.</param>
/// <param name="CauseId">The event behind the last mark.</param>
/// <param name="Note">What the last mark that said anything said.</param>
internal sealed record WorkItem(WorkKey Key, string App, long Revision, int Attempt, DateTimeOffset MarkedAt, Guid CauseId, string? Note)
{
    /// <summary>This claim and no other: a holder that lost its lease can no longer change the row.</summary>
    public Guid Claim { get; init; }

    /// <summary>The span of the last mark that was made in one, W3C trace context; null when none was.</summary>
    public string? Trace { get; init; }

    /// <summary>When the rest of it is due; null when nothing is left.</summary>
    public DateTimeOffset? RestDue { get; private set; }

    /// <summary>What could be done is done, and a rest must wait: due again then, without counting as a failure.</summary>
    public void ComeBack(DateTimeOffset at) => RestDue = RestDue is { } due && due < at ? due : at;
}

/// <summary>How a piece of work stands.</summary>
internal enum ListedState
{
    /// <summary>Waits for a person.</summary>
    Parked,

    /// <summary>Under a lease.</summary>
    Running,

    /// <summary>Free to be claimed.</summary>
    Due,

    /// <summary>Waits for its time.</summary>
    Later,
}

/// <summary>Which work; each null means any.</summary>
/// <param name="Lane">Kind of work.</param>
/// <param name="Corp">Configured name of the corp.</param>
/// <param name="State"><see cref="ListedState.Parked"/>, <see cref="ListedState.Due"/> or any.</param>
internal sealed record WorkFilter(string? Lane, string? Corp, ListedState? State);

/// <summary>Work as an operator sees it.</summary>
/// <param name="Key">What.</param>
/// <param name="App">App of the last mark.</param>
/// <param name="State">How it stands.</param>
/// <param name="At">Parked since, or due at.</param>
/// <param name="Attempts">Claims since the last mark.</param>
/// <param name="Reason">Why it was parked or put off, without personal data; null when neither happened.</param>
/// <param name="Remedy">What a person can do.</param>
/// <param name="CauseId">The event behind it.</param>
internal sealed record ListedWork(WorkKey Key, string App, ListedState State, DateTimeOffset At, int Attempts, string? Reason, string? Remedy, Guid CauseId);

/// <summary>Work whose last attempt failed.</summary>
/// <param name="Key">What.</param>
/// <param name="Reason">Why, without personal data.</param>
/// <param name="Remedy">What a person can do; null where nobody needs to.</param>
internal sealed record WorkTrouble(WorkKey Key, string Reason, string? Remedy);

/// <summary>A lane at one moment.</summary>
/// <param name="Due">Free to be claimed.</param>
/// <param name="Later">Waiting for its time.</param>
/// <param name="Running">Under a lease.</param>
/// <param name="Parked">Waiting for a person.</param>
/// <param name="OldestDue">Since when the oldest free piece has been due; null when none is.</param>
internal sealed record WorkCounts(long Due, long Later, long Running, long Parked, DateTimeOffset? OldestDue);
