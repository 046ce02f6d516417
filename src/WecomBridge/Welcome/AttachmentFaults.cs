using System.Text;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Welcome;

/// <summary>What is wrong with attachments as they are written in the settings; files are looked at elsewhere.</summary>
internal static class AttachmentFaults
{
    /// <summary>Each fault names its key.</summary>
    /// <param name="path">Key of the rule.</param>
    /// <param name="attachments">Those of the rule.</param>
    public static IEnumerable<string> Find(string path, IReadOnlyList<WelcomeAttachmentOptions> attachments)
    {
        if (attachments.Count > CgibinExternalContactSendWelcomeMessageRequest.MaxAttachments) yield return $"{path}:Attachments are more than {CgibinExternalContactSendWelcomeMessageRequest.MaxAttachments}.";
        for (var i = 0; i < attachments.Count; i++)
        {
            foreach (var fault in Find($"{path}:Attachments:{i}", attachments[i])) yield return fault;
        }
    }

    private static IEnumerable<string> Find(string path, WelcomeAttachmentOptions attachment)
    {
        var kinds = new object?[] { attachment.Link, attachment.Image, attachment.MiniProgram, attachment.Video, attachment.File }.Count(kind => kind is not null);
        if (kinds != 1) yield return $"{path} must hold exactly one of Link, Image, MiniProgram, Video and File.";
        if (attachment.Image is { } image && Given(image.Path, image.MediaId, image.PicUrl) != 1) yield return $"{path}:Image needs exactly one of Path, MediaId and PicUrl.";
        if (attachment.Video is { } video && Given(video.Path, video.MediaId) != 1) yield return $"{path}:Video needs exactly one of Path and MediaId.";
        if (attachment.File is { } file && Given(file.Path, file.MediaId) != 1) yield return $"{path}:File needs exactly one of Path and MediaId.";
        if (attachment.Image is { PicUrl: { Length: > 0 } address } && !IsWebAddress(address)) yield return $"{path}:Image:PicUrl must be an http or https address.";
        foreach (var fault in attachment.Link is { } link ? FindInLink($"{path}:Link", link) : []) yield return fault;
        foreach (var fault in attachment.MiniProgram is { } program ? FindInProgram($"{path}:MiniProgram", program) : []) yield return fault;
    }

    private static IEnumerable<string> FindInLink(string path, LinkOptions link)
    {
        if (link.Title.Length == 0 || Bytes(link.Title) > WelcomeLink.MaxTitleBytes) yield return $"{path}:Title must have 1–{WelcomeLink.MaxTitleBytes} UTF-8 bytes.";
        if (!IsWebAddress(link.Url) || Bytes(link.Url) > WelcomeLink.MaxUrlBytes) yield return $"{path}:Url must be an http or https address of at most {WelcomeLink.MaxUrlBytes} UTF-8 bytes.";
        if (Bytes(link.Description) > WelcomeLink.MaxDescriptionBytes) yield return $"{path}:Description is longer than {WelcomeLink.MaxDescriptionBytes} UTF-8 bytes.";
        if (link.PicUrl is not null && !IsWebAddress(link.PicUrl)) yield return $"{path}:PicUrl must be an http or https address.";
    }

    private static IEnumerable<string> FindInProgram(string path, MiniProgramOptions program)
    {
        if (program.Title.Length == 0 || Bytes(program.Title) > WelcomeMiniProgram.MaxTitleBytes) yield return $"{path}:Title must have 1–{WelcomeMiniProgram.MaxTitleBytes} UTF-8 bytes.";
        if (Given(program.PicPath, program.PicMediaId) != 1) yield return $"{path} needs exactly one of PicPath and PicMediaId.";
        if (program.AppId.Length == 0) yield return $"{path}:AppId is missing.";
        if (program.Page.Length == 0) yield return $"{path}:Page is missing.";
    }

    private static int Given(params ReadOnlySpan<string?> values)
    {
        var given = 0;
        foreach (var value in values) given += string.IsNullOrEmpty(value) ? 0 : 1;
        return given;
    }

    private static int Bytes(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);

    private static bool IsWebAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
}
