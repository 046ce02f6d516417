namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/update_contact_way</c>: changes a contact way this app created; a field left null stays, a list given replaces the old one.</summary>
public sealed class CgibinExternalContactUpdateContactWayRequest : WecomRequest<CgibinExternalContactUpdateContactWayResponse>
{
    /// <summary>The contact way.</summary>
    public required string ConfigId { get; init; }

    /// <summary>At most 30 characters.</summary>
    public string? Remark { get; init; }

    /// <summary>False: the member must agree.</summary>
    public bool? SkipVerify { get; init; }

    /// <summary>Look of the mini program's button.</summary>
    public int? Style { get; init; }

    /// <summary>At most 30 characters.</summary>
    public string? State { get; init; }

    /// <summary>Members from now on.</summary>
    public IReadOnlyList<string>? User { get; init; }

    /// <summary>Departments from now on.</summary>
    public IReadOnlyList<long>? Party { get; init; }

    /// <summary>Of a temporary code: seconds it lives, at most 14 days.</summary>
    public long? ExpiresIn { get; init; }

    /// <summary>Of a temporary session: seconds it lives, at most 14 days.</summary>
    public long? ChatExpiresIn { get; init; }

    /// <summary>Of a temporary session: whom it is for.</summary>
    public string? Unionid { get; init; }

    /// <summary>True: customers show this app as their source.</summary>
    public bool? MarkSource { get; init; }

    /// <summary>Of a temporary session: what is said at its end.</summary>
    public ContactWayConclusions? Conclusions { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.UpdateContactWay);

    /// <inheritdoc />
    public override string? WriteKey => ConfigId;
}

/// <summary>Answer of <c>externalcontact/update_contact_way</c>.</summary>
public sealed class CgibinExternalContactUpdateContactWayResponse : WecomResponse;
