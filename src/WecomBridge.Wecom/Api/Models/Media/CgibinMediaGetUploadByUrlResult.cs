namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>media/get_upload_by_url_result</c>: what became of a file the platform fetches.</summary>
public sealed class CgibinMediaGetUploadByUrlResultRequest : WecomRequest<CgibinMediaGetUploadByUrlResultResponse>
{
    /// <summary>The task of <c>media/upload_by_url</c>, at most 60 minutes old.</summary>
    public required string Jobid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.MediaGetUploadByUrlResult);
}

/// <summary>Answer of <c>media/get_upload_by_url_result</c>.</summary>
public sealed class CgibinMediaGetUploadByUrlResultResponse : WecomResponse
{
    /// <summary>1 running, 2 done, 3 failed.</summary>
    public int? Status { get; set; }

    /// <summary>The outcome.</summary>
    public UploadByUrlDetail? Detail { get; set; }
}

/// <summary>The outcome of a file the platform fetched.</summary>
public sealed class UploadByUrlDetail
{
    /// <summary>0 for success, 830001 for a bad address, 830003 for a download that failed.</summary>
    public int? Errcode { get; set; }

    /// <summary>The platform's text.</summary>
    public string? Errmsg { get; set; }

    /// <summary>Id of the media.</summary>
    public string? MediaId { get; set; }

    /// <summary>Unix seconds; three days of life from then.</summary>
    public long? CreatedAt { get; set; }
}
