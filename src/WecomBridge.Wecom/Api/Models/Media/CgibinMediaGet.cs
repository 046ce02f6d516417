using System.Net.Http.Headers;

namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>media/get</c>: the bytes of temporary media.</summary>
public sealed class CgibinMediaGetRequest : WecomRequest<CgibinMediaGetResponse>
{
    /// <summary>The media.</summary>
    public required string MediaId { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Get, WecomPaths.MediaGet);

    /// <inheritdoc />
    public override IEnumerable<KeyValuePair<string, string?>> Query => [new("media_id", MediaId)];
}

/// <summary>Answer of <c>media/get</c>: <see cref="WecomResponse.RawBody"/> is the file, at most 32 MB.</summary>
public sealed class CgibinMediaGetResponse : WecomResponse, IFileAnswer
{
    /// <summary>Media type such as <c>image/png</c>; null when the platform named none.</summary>
    public string? ContentType { get; internal set; }

    /// <summary>Name of the file; null when the platform named none.</summary>
    public string? FileName { get; internal set; }

    void IFileAnswer.Take(HttpContentHeaders headers)
    {
        ContentType = headers.ContentType?.MediaType;
        FileName = headers.ContentDisposition?.FileNameStar ?? headers.ContentDisposition?.FileName?.Trim('"');
    }
}

/// <summary>An answer that is a file, unless the platform refuses in JSON.</summary>
internal interface IFileAnswer
{
    /// <summary>Keeps what the headers say of the file.</summary>
    void Take(HttpContentHeaders headers);
}
