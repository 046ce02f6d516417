using System.Text.Json.Serialization;

namespace WecomBridge.Contracts;

/// <summary>A staff member changed. Only what WeCom sent, which is only what changed, and nothing personal.</summary>
public abstract record StaffEventData : EventData
{
    /// <summary>The staff member; on a change of id the old one.</summary>
    [JsonPropertyName("userId")]
    public required string UserId { get; init; }

    /// <summary>The new id when it changed.</summary>
    [JsonPropertyName("newUserId")]
    public string? NewUserId { get; init; }

    /// <summary>Department ids.</summary>
    [JsonPropertyName("departments")]
    public IReadOnlyList<long>? Departments { get; init; }

    /// <summary>The main department.</summary>
    [JsonPropertyName("mainDepartment")]
    public long? MainDepartment { get; init; }

    /// <summary>Whether a leader, in the order of <see cref="Departments"/>.</summary>
    [JsonPropertyName("leaderInDepartments")]
    public IReadOnlyList<bool>? LeaderInDepartments { get; init; }

    /// <summary>Staff ids of the direct leaders.</summary>
    [JsonPropertyName("directLeaders")]
    public IReadOnlyList<string>? DirectLeaders { get; init; }

    /// <summary>Account status; <see cref="StaffStatuses"/> names the known words.</summary>
    [JsonPropertyName("status")]
    public string? Status { get; init; }
}

/// <summary>Known words of <see cref="StaffEventData.Status"/>.</summary>
public static class StaffStatuses
{
    /// <summary>In use.</summary>
    public const string Active = "active";

    /// <summary>Disabled by an administrator.</summary>
    public const string Disabled = "disabled";

    /// <summary>Not activated yet.</summary>
    public const string NotActivated = "not_activated";

    /// <summary>Left the corp.</summary>
    public const string Left = "left";
}

/// <summary><c>staff.created</c></summary>
[EventType("staff.created")]
public sealed record StaffCreated : StaffEventData;

/// <summary><c>staff.updated</c></summary>
[EventType("staff.updated")]
public sealed record StaffUpdated : StaffEventData;

/// <summary><c>staff.deleted</c></summary>
[EventType("staff.deleted")]
public sealed record StaffDeleted : StaffEventData;

/// <summary>A department changed.</summary>
public abstract record DepartmentEventData : EventData
{
    /// <summary>The department.</summary>
    [JsonPropertyName("id")]
    public required long Id { get; init; }

    /// <summary>Its name, when sent.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>Its parent, when sent.</summary>
    [JsonPropertyName("parentId")]
    public long? ParentId { get; init; }
}

/// <summary><c>department.created</c></summary>
[EventType("department.created")]
public sealed record DepartmentCreated : DepartmentEventData;

/// <summary><c>department.updated</c></summary>
[EventType("department.updated")]
public sealed record DepartmentUpdated : DepartmentEventData;

/// <summary><c>department.deleted</c></summary>
[EventType("department.deleted")]
public sealed record DepartmentDeleted : DepartmentEventData;

/// <summary><c>stafftag.updated</c>: a tag on staff, not on customers.</summary>
[EventType("stafftag.updated")]
public sealed record StaffTagUpdated : EventData
{
    /// <summary>The staff tag.</summary>
    [JsonPropertyName("id")]
    public required long Id { get; init; }

    /// <summary>Staff ids that got the tag.</summary>
    [JsonPropertyName("addedUsers")]
    public required IReadOnlyList<string> AddedUsers { get; init; }

    /// <summary>Staff ids that lost the tag.</summary>
    [JsonPropertyName("removedUsers")]
    public required IReadOnlyList<string> RemovedUsers { get; init; }

    /// <summary>Department ids that got the tag.</summary>
    [JsonPropertyName("addedDepartments")]
    public required IReadOnlyList<long> AddedDepartments { get; init; }

    /// <summary>Department ids that lost the tag.</summary>
    [JsonPropertyName("removedDepartments")]
    public required IReadOnlyList<long> RemovedDepartments { get; init; }
}
