using System.Globalization;

namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>media/upload_attachment</c>: media for moments or product albums, valid for three days and good nowhere else.</summary>
public sealed class CgibinMediaUploadAttachmentRequest : WecomUploadRequest<CgibinMediaUploadAttachmentResponse>
{
    /// <summary><see cref="WecomMediaTypes.Image"/>, <see cref="WecomMediaTypes.Video"/> or <see cref="WecomMediaTypes.File"/>.</summary>
    public required string MediaType { get; init; }

    /// <summary>1 moments, 2 product albums.</summary>
    public required int AttachmentType { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.MediaUploadAttachment);

    /// <inheritdoc />
    public override IEnumerable<KeyValuePair<string, string?>> Query => [new("media_type", MediaType), new("attachment_type", AttachmentType.ToString(CultureInfo.InvariantCulture))];

    /// <inheritdoc />
    public override long MaxBytes => WecomMediaTypes.MaxBytesOf(MediaType);
}

/// <summary>Answer of <c>media/upload_attachment</c>.</summary>
public sealed class CgibinMediaUploadAttachmentResponse : WecomResponse
{
    /// <summary>The type asked for.</summary>
    public string? Type { get; set; }

    /// <summary>Id of the media.</summary>
    public string? MediaId { get; set; }

    /// <summary>Unix seconds of the upload; the platform writes it as a number here.</summary>
    public long? CreatedAt { get; set; }
}
