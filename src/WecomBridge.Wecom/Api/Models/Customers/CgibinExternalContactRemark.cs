namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/remark</c>. A field left null stays as it is; not all may be null.</summary>
public sealed class CgibinExternalContactRemarkRequest : WecomRequest<CgibinExternalContactRemarkResponse>
{
    /// <summary>Longest remark, in characters.</summary>
    public const int MaxRemarkChars = 20;

    /// <summary>Longest description, in characters.</summary>
    public const int MaxDescriptionChars = 150;

    /// <summary>Longest company, in characters.</summary>
    public const int MaxCompanyChars = 20;

    /// <summary>The member.</summary>
    public required string Userid { get; init; }

    /// <summary>The customer.</summary>
    public required string ExternalUserid { get; init; }

    /// <summary>At most 20 characters.</summary>
    public string? Remark { get; init; }

    /// <summary>At most 150 characters.</summary>
    public string? Description { get; init; }

    /// <summary>At most 20 characters; only for WeChat users.</summary>
    public string? RemarkCompany { get; init; }

    /// <summary>Overwrites the mobiles noted so far.</summary>
    public IReadOnlyList<string>? RemarkMobiles { get; init; }

    /// <summary>Media id of an image.</summary>
    public string? RemarkPicMediaid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.ExternalContactRemark);

    /// <inheritdoc />
    public override string? WriteKey => ExternalUserid;
}

/// <summary>Answer of <c>externalcontact/remark</c>.</summary>
public sealed class CgibinExternalContactRemarkResponse : WecomResponse;
