using System.Net.Http.Headers;
using System.Text;

namespace WecomBridge.Tests.Simulator;

/// <summary>Upload forms, written byte by byte.</summary>
internal static class MediaForm
{
    public static ByteArrayContent Of(string file, string name = "media", string fileName = "x.png") => Of(Encoding.UTF8.GetBytes(file), name, fileName);

    public static ByteArrayContent Of(byte[] file, string name = "media", string fileName = "x.png")
    {
        byte[] body =
        [
            .. Encoding.UTF8.GetBytes($"--b\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{fileName}\"\r\nContent-Type: image/png\r\n\r\n"),
            .. file,
            .. "\r\n--b--\r\n"u8,
        ];
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        return content;
    }
}
