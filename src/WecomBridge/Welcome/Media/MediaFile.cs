using WecomBridge.Wecom.Api;

namespace WecomBridge.Welcome;

/// <summary>A file that the settings name.</summary>
/// <param name="Type">One of <see cref="WecomMediaTypes"/>; what WeCom takes depends on it.</param>
/// <param name="Location">Path, relative to the working directory.</param>
internal sealed record MediaFile(string Type, string Location);

/// <summary>Which files greetings need, and where.</summary>
internal static class MediaNeeds
{
    /// <summary>The file of an attachment and the setting that names it; null when it has none.</summary>
    public static (string Setting, MediaFile File)? FileOf(WelcomeAttachmentOptions attachment) => attachment switch
    {
        { Image.Path: { Length: > 0 } path } => ("Image:Path", new MediaFile(WecomMediaTypes.Image, path)),
        { MiniProgram.PicPath: { Length: > 0 } path } => ("MiniProgram:PicPath", new MediaFile(WecomMediaTypes.Image, path)),
        { Video.Path: { Length: > 0 } path } => ("Video:Path", new MediaFile(WecomMediaTypes.Video, path)),
        { File.Path: { Length: > 0 } path } => ("File:Path", new MediaFile(WecomMediaTypes.File, path)),
        _ => null,
    };

    /// <summary>Every file of the settings with its key, and the rule it belongs to.</summary>
    public static IEnumerable<(string Setting, WelcomeRule Rule, MediaFile File)> FilesOf(WelcomeOptions options)
    {
        for (var rule = 0; rule < options.Rules.Count; rule++)
        {
            for (var i = 0; i < options.Rules[rule].Attachments.Count; i++)
            {
                if (FileOf(options.Rules[rule].Attachments[i]) is var (setting, file)) yield return ($"Welcome:Rules:{rule}:Attachments:{i}:{setting}", options.Rules[rule], file);
            }
        }
    }

    /// <summary>Every media id of the settings with its key.</summary>
    public static IEnumerable<(string Setting, string MediaId)> GivenOf(WelcomeOptions options)
    {
        for (var rule = 0; rule < options.Rules.Count; rule++)
        {
            for (var i = 0; i < options.Rules[rule].Attachments.Count; i++)
            {
                if (GivenBy(options.Rules[rule].Attachments[i]) is var (setting, id)) yield return ($"Welcome:Rules:{rule}:Attachments:{i}:{setting}", id);
            }
        }
    }

    /// <summary>The media id that an attachment gives and the setting that holds it; null when it gives none.</summary>
    private static (string Setting, string MediaId)? GivenBy(WelcomeAttachmentOptions attachment) => attachment switch
    {
        { Image.MediaId: { Length: > 0 } id } => ("Image:MediaId", id),
        { MiniProgram.PicMediaId: { Length: > 0 } id } => ("MiniProgram:PicMediaId", id),
        { Video.MediaId: { Length: > 0 } id } => ("Video:MediaId", id),
        { File.MediaId: { Length: > 0 } id } => ("File:MediaId", id),
        _ => null,
    };
}
