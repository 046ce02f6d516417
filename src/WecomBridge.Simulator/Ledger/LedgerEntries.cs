namespace WecomBridge.Simulator.Ledger;

/// <summary>One thing that was sent or received.</summary>
public abstract record LedgerEntry
{
    /// <summary>Place in the ledger, from 1 without gaps.</summary>
    public long Sequence { get; internal init; }

    /// <summary>When it was written down, on the platform's clock.</summary>
    public DateTimeOffset At { get; internal init; }
}

/// <summary>One attempt to deliver one callback to one app.</summary>
public sealed record CallbackEntry : LedgerEntry
{
    /// <summary>Number of the event; all apps, attempts and duplicates of one event share it.</summary>
    public required long Event { get; init; }
    /// <summary><c>Event/ChangeType</c>.</summary>
    public required string Kind { get; init; }
    /// <summary>CorpId.</summary>
    public required string CorpId { get; init; }
    /// <summary>App name.</summary>
    public required string App { get; init; }
    /// <summary>Member, where the event names one.</summary>
    public string? UserId { get; init; }
    /// <summary>Customer, where the event names one.</summary>
    public string? ExternalUserId { get; init; }
    /// <summary>Group, where the event names one.</summary>
    public string? ChatId { get; init; }
    /// <summary>1 for the first, 0 when a fault kept it from ever being sent.</summary>
    public int Attempt { get; init; }
    /// <summary>Sent once more than WeCom would, by a fault.</summary>
    public bool Duplicate { get; init; }
    /// <summary>Status of the answer; null when there was none.</summary>
    public int? Status { get; init; }
    /// <summary>Why there was none: <c>time-out</c>, <c>connection</c>, <c>dropped</c>, <c>stopped</c>.</summary>
    public string? Failure { get; init; }
    /// <summary>First characters of the answer's body.</summary>
    public string Answer { get; init; } = "";
    /// <summary>From the first byte out to the answer's last, in real time.</summary>
    public TimeSpan Took { get; init; }
    /// <summary>The message before encryption.</summary>
    public required string Plaintext { get; init; }
    /// <summary>WeCom considers it delivered.</summary>
    public bool Acknowledged => Status == 200;
}

/// <summary>How the delivery of one event to one app ended.</summary>
/// <param name="App">App name.</param>
/// <param name="Acknowledged">Answered 200 at last.</param>
/// <param name="Attempts">How often it was sent.</param>
public sealed record CallbackOutcome(string App, bool Acknowledged, int Attempts);

/// <summary>One call of the API.</summary>
public sealed record ApiEntry : LedgerEntry
{
    /// <summary>Path after <c>/cgi-bin/</c>.</summary>
    public required string Path { get; init; }
    /// <summary>CorpId of the token; null when there was no valid one.</summary>
    public string? CorpId { get; init; }
    /// <summary>App of the token.</summary>
    public string? App { get; init; }
    /// <summary>Member named by the call.</summary>
    public string? UserId { get; init; }
    /// <summary>Customer named by the call.</summary>
    public string? ExternalUserId { get; init; }
    /// <summary>The code answered; null when a fault kept the call from being worked.</summary>
    public int? ErrorCode { get; init; }
    /// <summary>HTTP status; null when the connection was aborted.</summary>
    public int? Status { get; init; }
    /// <summary>The fault that was played.</summary>
    public string? Fault { get; init; }
    /// <summary>Calls of this corp and path under way when it came in, itself included.</summary>
    public int Concurrent { get; init; }
    /// <summary>From head to the start of the answer, in real time.</summary>
    public TimeSpan Took { get; init; }
}

/// <summary>A greeting the platform accepted, and so the customer saw.</summary>
public sealed record WelcomeEntry : LedgerEntry
{
    /// <summary>CorpId.</summary>
    public required string CorpId { get; init; }
    /// <summary>App that sent it.</summary>
    public required string App { get; init; }
    /// <summary>Member in whose name.</summary>
    public required string UserId { get; init; }
    /// <summary>Who got it.</summary>
    public required string ExternalUserId { get; init; }
    /// <summary>Number of the add; a half-add and its add share it, so two entries with one number are a double greeting.</summary>
    public required long Add { get; init; }
    /// <summary>Text; empty when there were attachments only.</summary>
    public required string Text { get; init; }
    /// <summary><c>msgtype</c> of each attachment.</summary>
    public required IReadOnlyList<string> Attachments { get; init; }
    /// <summary>Milliseconds from the add on the platform's clock.</summary>
    public required double AgeMs { get; init; }
}

/// <summary>Tags that the API changed on a relation.</summary>
public sealed record TagMarkEntry : LedgerEntry
{
    /// <summary>CorpId.</summary>
    public required string CorpId { get; init; }
    /// <summary>App that did it.</summary>
    public required string App { get; init; }
    /// <summary>Member.</summary>
    public required string UserId { get; init; }
    /// <summary>Customer.</summary>
    public required string ExternalUserId { get; init; }
    /// <summary>Tag ids asked to be set.</summary>
    public required IReadOnlyList<string> Added { get; init; }
    /// <summary>Tag ids asked to be removed.</summary>
    public required IReadOnlyList<string> Removed { get; init; }
}

/// <summary>A tag or group that the API created, renamed or deleted.</summary>
/// <param name="CorpId">CorpId.</param>
/// <param name="App">App that did it.</param>
/// <param name="Action"><c>created</c>, <c>edited</c>, <c>deleted</c>.</param>
/// <param name="Id">Tag or group id.</param>
/// <param name="Name">Its name after the action.</param>
public sealed record TagDefinitionEntry(string CorpId, string App, string Action, string Id, string Name) : LedgerEntry;

/// <summary>A remark that the API wrote; null fields were left unchanged.</summary>
public sealed record RemarkEntry : LedgerEntry
{
    /// <summary>CorpId.</summary>
    public required string CorpId { get; init; }
    /// <summary>App that did it.</summary>
    public required string App { get; init; }
    /// <summary>Member.</summary>
    public required string UserId { get; init; }
    /// <summary>Customer.</summary>
    public required string ExternalUserId { get; init; }
    /// <summary>New remark.</summary>
    public string? Remark { get; init; }
    /// <summary>New description.</summary>
    public string? Description { get; init; }
    /// <summary>New company.</summary>
    public string? Company { get; init; }
    /// <summary>New phone numbers.</summary>
    public IReadOnlyList<string>? Mobiles { get; init; }
}

/// <summary>Something else that the API made or changed: a contact way, a link, a template, a task.</summary>
/// <param name="CorpId">CorpId.</param>
/// <param name="App">App that did it.</param>
/// <param name="What"><c>contact-way</c>, <c>join-way</c>, <c>link</c>, <c>welcome-template</c>, <c>mass-message</c>, <c>moment</c>, <c>transfer</c>, <c>group</c>, <c>message</c>, <c>template-card</c>.</param>
/// <param name="Action"><c>created</c>, <c>edited</c>, <c>deleted</c>, <c>cancelled</c> and the like.</param>
/// <param name="Id">Its id.</param>
public sealed record ObjectEntry(string CorpId, string App, string What, string Action, string Id) : LedgerEntry;

/// <summary>A file that was uploaded.</summary>
/// <param name="CorpId">CorpId.</param>
/// <param name="App">App that did it.</param>
/// <param name="Path">API path.</param>
/// <param name="Kind"><c>image</c>, <c>voice</c>, <c>video</c>, <c>file</c>.</param>
/// <param name="FileName">As the form named it.</param>
/// <param name="Bytes">Length.</param>
/// <param name="Id"><c>media_id</c>, or the address for <c>media/uploadimg</c>.</param>
public sealed record MediaEntry(string CorpId, string App, string Path, string Kind, string FileName, int Bytes, string Id) : LedgerEntry;

/// <summary>A message that the API sent to members.</summary>
/// <param name="CorpId">CorpId.</param>
/// <param name="App">App that did it.</param>
/// <param name="Users">Members reached; <c>@all</c> for everybody.</param>
/// <param name="Kind"><c>msgtype</c>.</param>
/// <param name="Content">The part named by the kind, as JSON.</param>
public sealed record StaffMessageEntry(string CorpId, string App, IReadOnlyList<string> Users, string Kind, string Content) : LedgerEntry;

/// <summary>One call of the CRM.</summary>
public sealed record CrmEntry : LedgerEntry
{
    /// <summary>HTTP method.</summary>
    public required string Method { get; init; }
    /// <summary>Path and query after the CRM's own address.</summary>
    public required string Path { get; init; }
    /// <summary>HTTP status; null when the connection was aborted.</summary>
    public int? Status { get; init; }
    /// <summary><c>Idempotency-Key</c> of the request.</summary>
    public string? IdempotencyKey { get; init; }
    /// <summary>Whether the call changed a customer.</summary>
    public bool Committed { get; init; }
    /// <summary>The fault that was played.</summary>
    public string? Fault { get; init; }
}
