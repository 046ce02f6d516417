namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/add_contact_way</c>: creates a code by which customers add members. The console does not show it: keep its id.</summary>
public sealed class CgibinExternalContactAddContactWayRequest : WecomRequest<CgibinExternalContactAddContactWayResponse>
{
    /// <summary>1 one member, 2 several.</summary>
    public required int Type { get; init; }

    /// <summary>1 mini program, 2 QR code.</summary>
    public required int Scene { get; init; }

    /// <summary>Look of the mini program's button.</summary>
    public int? Style { get; init; }

    /// <summary>At most 30 characters.</summary>
    public string? Remark { get; init; }

    /// <summary>False: the member must agree; true, also without it: nobody need.</summary>
    public bool? SkipVerify { get; init; }

    /// <summary>At most 30 characters; comes back with the customers.</summary>
    public string? State { get; init; }

    /// <summary>Members; exactly one for type 1. At most 100 people with those of <see cref="Party"/> (41041).</summary>
    public IReadOnlyList<string>? User { get; init; }

    /// <summary>Departments, for type 2.</summary>
    public IReadOnlyList<long>? Party { get; init; }

    /// <summary>True: a session for a while, of one member.</summary>
    public bool? IsTemp { get; init; }

    /// <summary>Of a temporary code: seconds it lives, at most 14 days; the platform takes 7 days.</summary>
    public long? ExpiresIn { get; init; }

    /// <summary>Of a temporary session: seconds it lives, at most 14 days; the platform takes 24 hours.</summary>
    public long? ChatExpiresIn { get; init; }

    /// <summary>Of a temporary session: whom it is for.</summary>
    public string? Unionid { get; init; }

    /// <summary>True: customers of one company can add but one member.</summary>
    public bool? IsExclusive { get; init; }

    /// <summary>True: customers show this app as their source.</summary>
    public bool? MarkSource { get; init; }

    /// <summary>Of a temporary session: what is said at its end.</summary>
    public ContactWayConclusions? Conclusions { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.AddContactWay);
}

/// <summary>Answer of <c>externalcontact/add_contact_way</c>.</summary>
public sealed class CgibinExternalContactAddContactWayResponse : WecomResponse
{
    /// <summary>Id of the contact way.</summary>
    public string? ConfigId { get; set; }

    /// <summary>Address of the code, for scene 2.</summary>
    public string? QrCode { get; set; }
}

/// <summary>What is said at the end of a temporary session; of several attachments the platform takes image, link, mini program, in this order.</summary>
public sealed class ContactWayConclusions
{
    /// <summary>At most 4000 UTF-8 bytes.</summary>
    public WelcomeText? Text { get; init; }

    /// <summary>An image.</summary>
    public WelcomeImage? Image { get; init; }

    /// <summary>A link.</summary>
    public WelcomeLink? Link { get; init; }

    /// <summary>A mini program.</summary>
    public WelcomeMiniProgram? Miniprogram { get; init; }
}
