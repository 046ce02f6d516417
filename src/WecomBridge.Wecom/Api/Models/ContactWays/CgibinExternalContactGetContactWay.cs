namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/get_contact_way</c>: a contact way this app created (41044 for another's).</summary>
public sealed class CgibinExternalContactGetContactWayRequest : WecomRequest<CgibinExternalContactGetContactWayResponse>
{
    /// <summary>The contact way.</summary>
    public required string ConfigId { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GetContactWay);
}

/// <summary>Answer of <c>externalcontact/get_contact_way</c>.</summary>
public sealed class CgibinExternalContactGetContactWayResponse : WecomResponse
{
    /// <summary>The contact way.</summary>
    public ContactWay? ContactWay { get; set; }
}

/// <summary>A code by which customers add members.</summary>
public sealed class ContactWay
{
    /// <summary>Id of the contact way.</summary>
    public string? ConfigId { get; set; }

    /// <summary>1 one member, 2 several.</summary>
    public int? Type { get; set; }

    /// <summary>1 mini program, 2 QR code.</summary>
    public int? Scene { get; set; }

    /// <summary>Look of the mini program's button.</summary>
    public int? Style { get; set; }

    /// <summary>What the corp noted.</summary>
    public string? Remark { get; set; }

    /// <summary>False: the member must agree.</summary>
    public bool? SkipVerify { get; set; }

    /// <summary>Comes back with the customers.</summary>
    public string? State { get; set; }

    /// <summary>Address of the code, for scene 2.</summary>
    public string? QrCode { get; set; }

    /// <summary>Members; compare ignoring case.</summary>
    public IReadOnlyList<string> User { get; set; } = [];

    /// <summary>Departments.</summary>
    public IReadOnlyList<long> Party { get; set; } = [];

    /// <summary>True: a session for a while.</summary>
    public bool? IsTemp { get; set; }

    /// <summary>Of a temporary code: seconds it lives.</summary>
    public long? ExpiresIn { get; set; }

    /// <summary>Of a temporary session: seconds it lives.</summary>
    public long? ChatExpiresIn { get; set; }

    /// <summary>Of a temporary session: whom it is for.</summary>
    public string? Unionid { get; set; }

    /// <summary>True: customers of one company can add but one member.</summary>
    public bool? IsExclusive { get; set; }

    /// <summary>True: customers show this app as their source.</summary>
    public bool? MarkSource { get; set; }

    /// <summary>Of a temporary session: what is said at its end.</summary>
    public AnswerConclusions? Conclusions { get; set; }
}

/// <summary>What is said at the end of a temporary session.</summary>
public sealed class AnswerConclusions
{
    /// <summary>The text.</summary>
    public AnswerText? Text { get; set; }

    /// <summary>An image, by its address.</summary>
    public AnswerImage? Image { get; set; }

    /// <summary>A link.</summary>
    public AnswerLink? Link { get; set; }

    /// <summary>A mini program.</summary>
    public AnswerMiniProgram? Miniprogram { get; set; }
}
