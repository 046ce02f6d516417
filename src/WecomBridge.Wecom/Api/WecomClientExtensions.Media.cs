namespace WecomBridge.Wecom.Api;

/// <content>Calls for media.</content>
public static partial class WecomClientExtensions
{
    /// <summary>Uploads temporary media, valid for three days (<c>media/upload</c>).</summary>
    /// <exception cref="ArgumentException">The file is out of the bounds of its type.</exception>
    public static Task<CgibinMediaUploadResponse> ExecuteCgibinMediaUploadAsync(this IWecomClient client, CgibinMediaUploadRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Uploads an image that keeps its address (<c>media/uploadimg</c>); at most 1000 a day and 3000 a month for a corp.</summary>
    /// <exception cref="ArgumentException">The image is out of bounds.</exception>
    public static Task<CgibinMediaUploadImageResponse> ExecuteCgibinMediaUploadImageAsync(this IWecomClient client, CgibinMediaUploadImageRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Uploads media for moments or albums, valid for three days (<c>media/upload_attachment</c>).</summary>
    /// <exception cref="ArgumentException">The file is out of the bounds of its type.</exception>
    public static Task<CgibinMediaUploadAttachmentResponse> ExecuteCgibinMediaUploadAttachmentAsync(this IWecomClient client, CgibinMediaUploadAttachmentRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>The bytes of temporary media (<c>media/get</c>).</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Rejected"/> when the media have ended or are another corp's (40007).</exception>
    public static Task<CgibinMediaGetResponse> ExecuteCgibinMediaGetAsync(this IWecomClient client, CgibinMediaGetRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Has the platform fetch a file of up to 200 MB (<c>media/upload_by_url</c>).</summary>
    public static Task<CgibinMediaUploadByUrlResponse> ExecuteCgibinMediaUploadByUrlAsync(this IWecomClient client, CgibinMediaUploadByUrlRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>What became of a file the platform fetches (<c>media/get_upload_by_url_result</c>).</summary>
    public static Task<CgibinMediaGetUploadByUrlResultResponse> ExecuteCgibinMediaGetUploadByUrlResultAsync(this IWecomClient client, CgibinMediaGetUploadByUrlResultRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);
}
