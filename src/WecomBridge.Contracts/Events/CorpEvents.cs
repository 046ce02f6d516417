using System.Text.Json.Serialization;

namespace WecomBridge.Contracts;

/// <summary><c>job.completed</c>: a contacts import or export ended.</summary>
[EventType("job.completed")]
public sealed record JobCompleted : EventData
{
    /// <summary>The job.</summary>
    [JsonPropertyName("jobId")]
    public required string JobId { get; init; }

    /// <summary>WeCom's word, such as <c>sync_user</c>, <c>replace_user</c>, <c>invite_user</c>, <c>replace_party</c>; <c>unknown</c> when not sent.</summary>
    [JsonPropertyName("jobType")]
    public required string JobType { get; init; }

    /// <summary>WeCom's error code, 0 for success; null when not sent.</summary>
    [JsonPropertyName("errorCode")]
    public int? ErrorCode { get; init; }
}

/// <summary><c>archive.available</c>: new archived messages can be pulled; at most one event every 15 seconds.</summary>
[EventType("archive.available")]
public sealed record ArchiveAvailable : EventData;

/// <summary><c>kf.activity</c>: WeChat customer service has messages to pull. The sync token stays private.</summary>
[EventType("kf.activity")]
public sealed record KfActivity : EventData
{
    /// <summary>The customer service account.</summary>
    [JsonPropertyName("openKfId")]
    public required string OpenKfId { get; init; }
}

/// <summary><c>approval.changed</c>: a form moved on; many events for one form.</summary>
[EventType("approval.changed")]
public sealed record ApprovalChanged : EventData
{
    /// <summary>Number of the form.</summary>
    [JsonPropertyName("spNo")]
    public required string SpNo { get; init; }

    /// <summary>Which product it comes from; <see cref="ApprovalKinds"/> names the known words.</summary>
    [JsonPropertyName("kind")]
    public required string Kind { get; init; }

    /// <summary>The form's template.</summary>
    [JsonPropertyName("templateId")]
    public string? TemplateId { get; init; }

    /// <summary>Where the form stands; <see cref="ApprovalStatuses"/> names the known words.</summary>
    [JsonPropertyName("status")]
    public required string Status { get; init; }

    /// <summary>What was done to it; <see cref="ApprovalChanges"/> names the known words.</summary>
    [JsonPropertyName("change")]
    public string? Change { get; init; }
}

/// <summary>Known words of <see cref="ApprovalChanged.Kind"/>.</summary>
public static class ApprovalKinds
{
    /// <summary>The Approval app (<c>sys_approval_change</c>).</summary>
    public const string System = "system";

    /// <summary>An own process on the approval engine (<c>open_approval_change</c>).</summary>
    public const string Open = "open";
}

/// <summary>Known words of <see cref="ApprovalChanged.Status"/>.</summary>
public static class ApprovalStatuses
{
    /// <summary>Being worked on.</summary>
    public const string InProgress = "in_progress";

    /// <summary>Approved.</summary>
    public const string Approved = "approved";

    /// <summary>Rejected.</summary>
    public const string Rejected = "rejected";

    /// <summary>Withdrawn; of an own process: cancelled.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>Withdrawn after it had been approved.</summary>
    public const string WithdrawnAfterApproval = "withdrawn_after_approval";

    /// <summary>Deleted.</summary>
    public const string Deleted = "deleted";

    /// <summary>Paid.</summary>
    public const string Paid = "paid";

    /// <summary>WeCom did not say.</summary>
    public const string Unknown = "unknown";
}

/// <summary>Known words of <see cref="ApprovalChanged.Change"/>.</summary>
public static class ApprovalChanges
{
    /// <summary>Handed in.</summary>
    public const string Submitted = "submitted";

    /// <summary>Approved by one person.</summary>
    public const string Approved = "approved";

    /// <summary>Rejected by one person.</summary>
    public const string Rejected = "rejected";

    /// <summary>Passed to another person.</summary>
    public const string Transferred = "transferred";

    /// <summary>The applicant urged.</summary>
    public const string Urged = "urged";

    /// <summary>Withdrawn.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>Withdrawn after it had been approved.</summary>
    public const string WithdrawnAfterApproval = "withdrawn_after_approval";

    /// <summary>Commented on.</summary>
    public const string Commented = "commented";

    /// <summary>Sent back.</summary>
    public const string SentBack = "sent_back";

    /// <summary>An approver was added.</summary>
    public const string ApproverAdded = "approver_added";

    /// <summary>A signer was added, and it was approved.</summary>
    public const string SignerAddedAndApproved = "signer_added_and_approved";

    /// <summary>Handled.</summary>
    public const string Handled = "handled";

    /// <summary>Handed over.</summary>
    public const string HandedOver = "handed_over";
}
