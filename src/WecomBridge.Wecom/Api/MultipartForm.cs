using System.Net.Http.Headers;
using System.Text;

namespace WecomBridge.Wecom.Api;

/// <summary>The one form the platform reads: boundary without quotes, name and file name in plain quotes, raw UTF-8, a length on the part.</summary>
/// <remarks><see cref="MultipartFormDataContent"/> does each of these otherwise, and the platform answers 44001.</remarks>
internal static class MultipartForm
{
    private const string PartName = "media";

    /// <summary>A form with one file.</summary>
    /// <exception cref="ArgumentException">There is no file name.</exception>
    public static HttpContent Of(string fileName, string? contentType, ReadOnlyMemory<byte> content)
    {
        var name = Plain(fileName);
        var boundary = Guid.NewGuid().ToString("N");
        var part = new ReadOnlyMemoryContent(content);
        part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"{PartName}\"; filename=\"{name}\"");
        part.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType ?? TypeOf(name));
        part.Headers.ContentLength = content.Length;
        var form = new MultipartContent("form-data", boundary) { part };
        form.HeaderEncodingSelector = (_, _) => Encoding.UTF8;
        form.Headers.Remove("Content-Type");
        form.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={boundary}");
        return form;
    }

    /// <summary>What would end the quoted name or the header is replaced; folders are nobody's business.</summary>
    private static string Plain(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        if (string.IsNullOrWhiteSpace(name)) throw new ArgumentException("A file to upload needs a name.", nameof(fileName));
        return string.Create(name.Length, name, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++) target[i] = source[i] == '"' || char.IsControl(source[i]) ? '_' : source[i];
        });
    }

    private static string TypeOf(string name) => Path.GetExtension(name).ToUpperInvariant() switch
    {
        ".JPG" or ".JPEG" => "image/jpeg",
        ".PNG" => "image/png",
        ".AMR" => "audio/amr",
        ".MP4" => "video/mp4",
        ".PDF" => "application/pdf",
        ".TXT" => "text/plain",
        _ => "application/octet-stream",
    };
}
