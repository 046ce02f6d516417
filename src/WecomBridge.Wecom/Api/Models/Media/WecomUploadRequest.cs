namespace WecomBridge.Wecom.Api;

/// <summary>A call that carries one file as a form instead of JSON.</summary>
/// <typeparam name="TResponse">The answer of the same path.</typeparam>
public abstract class WecomUploadRequest<TResponse> : WecomRequest<TResponse>, IFormRequest
    where TResponse : WecomResponse, new()
{
    /// <summary>The smallest file the platform takes, bytes.</summary>
    public const long MinBytes = 6;

    /// <summary>Name with its extension, without folders; recipients see it. ASCII is safest.</summary>
    public required string FileName { get; init; }

    /// <summary>The file's bytes, more than 5 and at most <see cref="MaxBytes"/>.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Media type such as <c>image/png</c>; null derives it from the file's extension.</summary>
    public string? ContentType { get; init; }

    /// <summary>Largest file the platform takes, bytes.</summary>
    public abstract long MaxBytes { get; }

    /// <exception cref="ArgumentException">The file is out of bounds, or has no name.</exception>
    HttpContent IFormRequest.CreateContent()
    {
        var size = Content.Length;
        if (size < MinBytes) throw new ArgumentException($"{Api.Path} takes files of at least {MinBytes} bytes; this one has {size}.", nameof(Content));
        if (size > MaxBytes) throw new ArgumentException($"{Api.Path} takes files of at most {MaxBytes} bytes here; this one has {size}.", nameof(Content));
        return MultipartForm.Of(FileName, ContentType, Content);
    }
}

/// <summary>A request whose body is no JSON.</summary>
internal interface IFormRequest
{
    /// <summary>The body; made anew for each exchange.</summary>
    HttpContent CreateContent();
}
