namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>media/upload</c>: temporary media, valid for three days in the whole corp.</summary>
public sealed class CgibinMediaUploadRequest : WecomUploadRequest<CgibinMediaUploadResponse>
{
    /// <summary>One of <see cref="WecomMediaTypes"/>.</summary>
    public required string Type { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.MediaUpload);

    /// <inheritdoc />
    public override IEnumerable<KeyValuePair<string, string?>> Query => [new("type", Type)];

    /// <inheritdoc />
    public override long MaxBytes => WecomMediaTypes.MaxBytesOf(Type);
}

/// <summary>Answer of <c>media/upload</c>.</summary>
public sealed class CgibinMediaUploadResponse : WecomResponse
{
    /// <summary>Media are forgotten this long after <see cref="CreatedAt"/>.</summary>
    public static readonly TimeSpan MediaLife = TimeSpan.FromDays(3);

    /// <summary>The type asked for.</summary>
    public string? Type { get; set; }

    /// <summary>Id of the media; good in every app of the corp, but not where <c>media/upload_attachment</c> is asked for (41072).</summary>
    public string? MediaId { get; set; }

    /// <summary>Unix seconds of the upload; the platform writes it as text.</summary>
    public long? CreatedAt { get; set; }
}
