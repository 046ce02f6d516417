namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/get_moment_list</c>: moments of at most 30 days.</summary>
public sealed class CgibinExternalContactGetMomentListRequest : WecomCursorRequest<CgibinExternalContactGetMomentListResponse>
{
    /// <summary>Unix seconds.</summary>
    public required long StartTime { get; init; }

    /// <summary>Unix seconds, at most 30 days later.</summary>
    public required long EndTime { get; init; }

    /// <summary>Only of this member.</summary>
    public string? Creator { get; init; }

    /// <summary>0 by the corp, 1 by members, 2 all; null for all.</summary>
    public int? FilterType { get; init; }

    /// <summary>Entries of a page, at most 20.</summary>
    public int? Limit { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GetMomentList);
}

/// <summary>Answer of <c>externalcontact/get_moment_list</c>.</summary>
public sealed class CgibinExternalContactGetMomentListResponse : WecomResponse, IWecomCursorPage
{
    /// <summary>Moments; a page may be empty and not the last.</summary>
    public IReadOnlyList<Moment> MomentList { get; set; } = [];

    /// <summary>Where the next page begins; empty or null on the last.</summary>
    public string? NextCursor { get; set; }
}

/// <summary>A moment.</summary>
public sealed class Moment
{
    /// <summary>Id of the moment.</summary>
    public string? MomentId { get; set; }

    /// <summary>The member who made it; compare ignoring case.</summary>
    public string? Creator { get; set; }

    /// <summary>Unix seconds.</summary>
    public long? CreateTime { get; set; }

    /// <summary>0 by the corp, 1 by a member.</summary>
    public int? CreateType { get; set; }

    /// <summary>0 for some, 1 for everyone.</summary>
    public int? VisibleType { get; set; }

    /// <summary>The text.</summary>
    public AnswerText? Text { get; set; }

    /// <summary>Images.</summary>
    public IReadOnlyList<AnswerMedia> Image { get; set; } = [];

    /// <summary>A video.</summary>
    public MomentVideo? Video { get; set; }

    /// <summary>A link.</summary>
    public AnswerLink? Link { get; set; }

    /// <summary>A place.</summary>
    public MomentLocation? Location { get; set; }
}

/// <summary>Video of a moment.</summary>
public sealed class MomentVideo
{
    /// <summary>The video.</summary>
    public string? MediaId { get; set; }

    /// <summary>Its picture.</summary>
    public string? ThumbMediaId { get; set; }
}

/// <summary>Place of a moment.</summary>
public sealed class MomentLocation
{
    /// <summary>Degrees; the platform writes it as text.</summary>
    public double? Latitude { get; set; }

    /// <summary>Degrees; the platform writes it as text.</summary>
    public double? Longitude { get; set; }

    /// <summary>Name of the place.</summary>
    public string? Name { get; set; }
}
