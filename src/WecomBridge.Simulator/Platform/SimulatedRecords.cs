using System.Collections.Immutable;

namespace WecomBridge.Simulator.Platform;

/// <summary>A member of the enterprise.</summary>
/// <param name="UserId">Compared ignoring case, as the platform does.</param>
/// <param name="Name">Display name.</param>
/// <param name="Department">Main department; 1 is the root.</param>
public sealed record SimulatedStaff(string UserId, string Name, int Department = 1)
{
    /// <summary>Job title.</summary>
    public string Position { get; init; } = "";
}

/// <summary>A department.</summary>
/// <param name="Id">1 is the root.</param>
/// <param name="Name">Name.</param>
/// <param name="ParentId">0 for the root.</param>
public sealed record SimulatedDepartment(int Id, string Name, int ParentId);

/// <summary>A person outside the enterprise; a customer as soon as a member follows them.</summary>
/// <param name="ExternalUserId"><c>wm…</c> for WeChat, <c>wo…</c> for WeCom users.</param>
/// <param name="Name">The name they chose; any text.</param>
public sealed record SimulatedCustomer(string ExternalUserId, string Name)
{
    /// <summary>1 WeChat user, 2 WeCom user.</summary>
    public int Type { get; init; } = 1;

    /// <summary>0 unknown, 1 male, 2 female.</summary>
    public int Gender { get; init; }

    /// <summary>WeChat union id; null when the corp has bound no developer account, or for type 2.</summary>
    public string? UnionId { get; init; }

    /// <summary>Their phone number: unknown to the API until a member writes it as a remark.</summary>
    public string? Mobile { get; init; }

    /// <summary>Employer, for type 2.</summary>
    public string CorpName { get; init; } = "";
}

/// <summary>Where a relation stands.</summary>
public enum SimulatedRelationStatus
{
    /// <summary>The customer added a member who has not added back: the API answers 84061.</summary>
    HalfAdded,
    /// <summary>Both sides.</summary>
    Added,
    /// <summary>The customer deleted the member: the one-way relation still answers.</summary>
    LeftByCustomer,
    /// <summary>The member deleted the customer: gone for the API.</summary>
    RemovedByStaff,
}

/// <summary>What one member knows of one customer, as it is at this moment.</summary>
public sealed record SimulatedRelation
{
    /// <summary>The member, spelled as in the directory.</summary>
    public required string UserId { get; init; }
    /// <summary>The customer.</summary>
    public required string ExternalUserId { get; init; }
    /// <summary>Where it stands.</summary>
    public SimulatedRelationStatus Status { get; init; }
    /// <summary>At most 20 characters.</summary>
    public string Remark { get; init; } = "";
    /// <summary>At most 150 characters.</summary>
    public string Description { get; init; } = "";
    /// <summary>At most 20 characters.</summary>
    public string RemarkCompany { get; init; } = "";
    /// <summary>Overwritten as a whole.</summary>
    public ImmutableArray<string> RemarkMobiles { get; init; } = [];
    /// <summary>Ids of corp tags, in the order they were set.</summary>
    public ImmutableList<string> TagIds { get; init; } = [];
    /// <summary>Names of the member's personal tags; they have no id.</summary>
    public ImmutableArray<string> PersonalTags { get; init; } = [];
    /// <summary>When the member got the customer; a new add resets it.</summary>
    public DateTimeOffset CreatedAt { get; init; }
    /// <summary>api.md 2.3 lists the values; 1 is a scanned code.</summary>
    public int AddWay { get; init; } = 1;
    /// <summary>Channel of the contact way or link; empty otherwise.</summary>
    public string State { get; init; } = "";
    /// <summary>Who started it.</summary>
    public string OperUserId { get; init; } = "";
    /// <summary>Number of this add, counted over the run; a half-add and its add share it.</summary>
    public long AddNumber { get; init; }
    /// <summary>Whether they have chatted, which ends every welcome code.</summary>
    public bool Chatting { get; init; }
}

/// <summary>A corp tag.</summary>
public sealed record SimulatedTag(string Id, string Name, long Order, DateTimeOffset CreatedAt)
{
    /// <summary>App that created it; null for an administrator. Only its creator may change it through the API.</summary>
    public string? CreatedBy { get; init; }
    /// <summary>Deleted tags are answered only by id.</summary>
    public bool Deleted { get; init; }
}

/// <summary>A group of corp tags; never empty while it lives.</summary>
public sealed record SimulatedTagGroup(string Id, string Name, long Order, DateTimeOffset CreatedAt, ImmutableList<SimulatedTag> Tags)
{
    /// <summary>App that created it; null for an administrator.</summary>
    public string? CreatedBy { get; init; }
    /// <summary>Deleted groups are answered only by id.</summary>
    public bool Deleted { get; init; }
}

/// <summary>A customer group as it is at one member version.</summary>
public sealed record SimulatedGroup(string ChatId, string Name, string Owner, DateTimeOffset CreatedAt)
{
    /// <summary>Announcement.</summary>
    public string Notice { get; init; } = "";
    /// <summary>32 hex digits; changes whenever members do.</summary>
    public string Version { get; init; } = "";
    /// <summary>Members, the owner first.</summary>
    public ImmutableList<SimulatedGroupMember> Members { get; init; } = [];
    /// <summary>Dissolved by its owner.</summary>
    public bool Dismissed { get; init; }
}

/// <summary>A member of a customer group.</summary>
/// <param name="Id">UserID of staff or ExternalUserID.</param>
/// <param name="IsStaff">Type 1 in the API, else 2.</param>
/// <param name="JoinedAt">When.</param>
/// <param name="JoinScene">API numbering: 1 invited, 2 by link, 3 by QR code.</param>
public sealed record SimulatedGroupMember(string Id, bool IsStaff, DateTimeOffset JoinedAt, int JoinScene)
{
    /// <summary>UserID of the inviter, for scene 1.</summary>
    public string? Invitor { get; init; }
    /// <summary>State of the join way.</summary>
    public string State { get; init; } = "";
}
