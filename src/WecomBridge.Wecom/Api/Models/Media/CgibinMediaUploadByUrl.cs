namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>media/upload_by_url</c>: has the platform fetch a file of at most 200 MB (209715200 bytes).</summary>
public sealed class CgibinMediaUploadByUrlRequest : WecomRequest<CgibinMediaUploadByUrlResponse>
{
    /// <summary>1, the only scene documented: customer contact.</summary>
    public int Scene { get; init; } = 1;

    /// <summary><c>video</c> or <c>file</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Name with its extension.</summary>
    public required string Filename { get; init; }

    /// <summary>Where the platform fetches it; the server must know ranges (830001 to 830003).</summary>
    public required string Url { get; init; }

    /// <summary>MD5 of the file, 32 hexadecimal digits.</summary>
    public required string Md5 { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.MediaUploadByUrl);

    /// <inheritdoc />
    public override string? Secret => Url;
}

/// <summary>Answer of <c>media/upload_by_url</c>.</summary>
public sealed class CgibinMediaUploadByUrlResponse : WecomResponse
{
    /// <summary>The task, for 60 minutes.</summary>
    public string? Jobid { get; set; }
}
