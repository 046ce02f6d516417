namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>media/uploadimg</c>: an image that keeps its address; the address works within WeCom only.</summary>
public sealed class CgibinMediaUploadImageRequest : WecomUploadRequest<CgibinMediaUploadImageResponse>
{
    /// <summary>Largest image, bytes.</summary>
    public const long MaxImageBytes = 2 * WecomMediaTypes.Megabyte;

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.MediaUploadImage);

    /// <inheritdoc />
    public override long MaxBytes => MaxImageBytes;
}

/// <summary>Answer of <c>media/uploadimg</c>.</summary>
public sealed class CgibinMediaUploadImageResponse : WecomResponse
{
    /// <summary>Address of the image, for <see cref="WelcomeImage.PicUrl"/>.</summary>
    public string? Url { get; set; }
}
