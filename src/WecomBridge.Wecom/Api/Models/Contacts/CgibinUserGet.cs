namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>user/get</c>: one member of the corp. 60111 when there is no such member.</summary>
public sealed class CgibinUserGetRequest : WecomRequest<CgibinUserGetResponse>
{
    /// <summary>The member; the platform ignores case.</summary>
    public required string Userid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Get, WecomPaths.UserGet);

    /// <inheritdoc />
    public override IEnumerable<KeyValuePair<string, string?>> Query => [new("userid", Userid)];
}

/// <summary>Answer of <c>user/get</c>. Newer apps get no mobile, gender, mail, portrait, address and code of a member who has not agreed.</summary>
public sealed class CgibinUserGetResponse : WecomResponse
{
    /// <summary>The member; compare ignoring case.</summary>
    public string? Userid { get; set; }

    /// <summary>The member's name.</summary>
    public string? Name { get; set; }

    /// <summary>Ids of the departments the member is in.</summary>
    public IReadOnlyList<long> Department { get; set; } = [];

    /// <summary>Place within each of <see cref="Department"/>, larger first.</summary>
    public IReadOnlyList<long> Order { get; set; } = [];

    /// <summary>1 where the member leads the department of the same place in <see cref="Department"/>, else 0.</summary>
    public IReadOnlyList<long> IsLeaderInDept { get; set; } = [];

    /// <summary>Id of the main department.</summary>
    public long? MainDepartment { get; set; }

    /// <summary>Members this one reports to.</summary>
    public IReadOnlyList<string> DirectLeader { get; set; } = [];

    /// <summary>Position.</summary>
    public string? Position { get; set; }

    /// <summary>Mobile number; withheld from newer apps.</summary>
    public string? Mobile { get; set; }

    /// <summary>0 unknown, 1 male, 2 female; the platform writes it as text. Withheld from newer apps.</summary>
    public int? Gender { get; set; }

    /// <summary>Mail address; withheld from newer apps.</summary>
    public string? Email { get; set; }

    /// <summary>Mail address within the corp; withheld from newer apps.</summary>
    public string? BizMail { get; set; }

    /// <summary>Address of the portrait; withheld from newer apps.</summary>
    public string? Avatar { get; set; }

    /// <summary>Address of the small portrait; withheld from newer apps.</summary>
    public string? ThumbAvatar { get; set; }

    /// <summary>Telephone at the desk.</summary>
    public string? Telephone { get; set; }

    /// <summary>Another name.</summary>
    public string? Alias { get; set; }

    /// <summary>Postal address; withheld from newer apps.</summary>
    public string? Address { get; set; }

    /// <summary>Id of the member across corps, for third-party apps.</summary>
    public string? OpenUserid { get; set; }

    /// <summary>1 active, 2 disabled, 4 not activated, 5 left.</summary>
    public int? Status { get; set; }

    /// <summary>Address of the member's personal code; withheld from newer apps.</summary>
    public string? QrCode { get; set; }

    /// <summary>Position as customers see it.</summary>
    public string? ExternalPosition { get; set; }

    /// <summary>What customers see.</summary>
    public ExternalProfile? ExternalProfile { get; set; }

    /// <summary>What the corp notes about its members.</summary>
    public MemberAttributes? Extattr { get; set; }
}
