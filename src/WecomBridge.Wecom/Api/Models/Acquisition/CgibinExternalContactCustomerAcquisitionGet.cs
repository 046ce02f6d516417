namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/customer_acquisition/get</c>: an acquisition link this app created.</summary>
public sealed class CgibinExternalContactCustomerAcquisitionGetRequest : WecomRequest<CgibinExternalContactCustomerAcquisitionGetResponse>
{
    /// <summary>The link.</summary>
    public required string LinkId { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.AcquisitionGet);
}

/// <summary>Answer of <c>externalcontact/customer_acquisition/get</c>.</summary>
public sealed class CgibinExternalContactCustomerAcquisitionGetResponse : WecomResponse
{
    /// <summary>The link.</summary>
    public AcquisitionLink? Link { get; set; }

    /// <summary>Whom it leads to.</summary>
    public AcquisitionRange? Range { get; set; }

    /// <summary>Whom it prefers; null for nobody.</summary>
    public AcquisitionPriority? PriorityOption { get; set; }
}

/// <summary>An acquisition link. <c>?customer_channel=</c> with at most 64 bytes, encoded, may be added to its address and comes back as the state.</summary>
public sealed class AcquisitionLink
{
    /// <summary>Id of the link.</summary>
    public string? LinkId { get; set; }

    /// <summary>Its name.</summary>
    public string? LinkName { get; set; }

    /// <summary>Its address.</summary>
    public string? Url { get; set; }

    /// <summary>Unix seconds.</summary>
    public long? CreateTime { get; set; }

    /// <summary>False: the member must agree.</summary>
    public bool? SkipVerify { get; set; }

    /// <summary>True: customers show this app as their source.</summary>
    public bool? MarkSource { get; set; }
}

/// <summary>Whom an acquisition link leads to, at most 500 people.</summary>
public sealed class AcquisitionRange
{
    /// <summary>Members; compare ignoring case.</summary>
    public IReadOnlyList<string> UserList { get; set; } = [];

    /// <summary>Departments.</summary>
    public IReadOnlyList<long> DepartmentList { get; set; } = [];
}

/// <summary>Whom an acquisition link prefers: members who are the customer's friends already.</summary>
public sealed class AcquisitionPriority
{
    /// <summary>1 within the corp, 2 within the list.</summary>
    public int? PriorityType { get; set; }

    /// <summary>The list, for type 2.</summary>
    public IReadOnlyList<string> PriorityUseridList { get; set; } = [];
}
