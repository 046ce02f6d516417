using System.Text;
using Microsoft.Extensions.Options;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Welcome;

internal sealed class WelcomeOptionsValidator : IValidateOptions<WelcomeOptions>
{
    public ValidateOptionsResult Validate(string? name, WelcomeOptions options)
    {
        var faults = FindFaults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> FindFaults(WelcomeOptions options)
    {
        if (options.SendWithin < TimeSpan.FromSeconds(1) || options.SendWithin > CgibinExternalContactSendWelcomeMessageRequest.CodeLife)
            yield return "Welcome:SendWithin must lie between 1 s and 20 s.";
        if (options.NotifyStaff) yield return "Welcome:NotifyStaff must be false: telling staff is not supported.";
        foreach (var twice in options.Rules.GroupBy(rule => rule.Name, StringComparer.Ordinal).Where(group => group.Key.Length > 0 && group.Count() > 1))
            yield return $"Welcome:Rules: the name \"{twice.Key}\" is used more than once.";
        for (var i = 0; i < options.Rules.Count; i++)
        {
            foreach (var fault in FindFaults($"Welcome:Rules:{i}", options.Rules[i])) yield return fault;
        }
    }

    private static IEnumerable<string> FindFaults(string path, WelcomeRule rule)
    {
        if (string.IsNullOrWhiteSpace(rule.Name)) yield return $"{path}:Name is missing.";
        if (string.IsNullOrWhiteSpace(rule.Text) && rule.Attachments.Count == 0) yield return $"{path} has neither Text nor Attachments.";
        if (Bytes(rule.Text) > CgibinExternalContactSendWelcomeMessageRequest.MaxTextBytes) yield return $"{path}:Text is longer than {CgibinExternalContactSendWelcomeMessageRequest.MaxTextBytes} UTF-8 bytes.";
        if (rule.Attachments.Count > CgibinExternalContactSendWelcomeMessageRequest.MaxAttachments) yield return $"{path}:Attachments are more than {CgibinExternalContactSendWelcomeMessageRequest.MaxAttachments}.";
        for (var i = 0; i < rule.Attachments.Count; i++)
        {
            foreach (var fault in FindFaults($"{path}:Attachments:{i}", rule.Attachments[i])) yield return fault;
        }
    }

    private static IEnumerable<string> FindFaults(string path, WelcomeAttachmentOptions attachment)
    {
        var kinds = new object?[] { attachment.Link, attachment.Image, attachment.MiniProgram, attachment.Video, attachment.File }.Count(kind => kind is not null);
        if (kinds != 1) yield return $"{path} must hold exactly one of Link, Image, MiniProgram, Video and File.";
        if (attachment.Link is { } link)
        {
            if (link.Title.Length == 0 || Bytes(link.Title) > WelcomeLink.MaxTitleBytes) yield return $"{path}:Link:Title must have 1–{WelcomeLink.MaxTitleBytes} UTF-8 bytes.";
            if (!IsWebAddress(link.Url) || Bytes(link.Url) > WelcomeLink.MaxUrlBytes) yield return $"{path}:Link:Url must be an http or https address of at most {WelcomeLink.MaxUrlBytes} UTF-8 bytes.";
            if (Bytes(link.Description) > WelcomeLink.MaxDescriptionBytes) yield return $"{path}:Link:Description is longer than {WelcomeLink.MaxDescriptionBytes} UTF-8 bytes.";
            if (link.PicUrl is not null && !IsWebAddress(link.PicUrl)) yield return $"{path}:Link:PicUrl must be an http or https address.";
        }

        if (attachment.Image is { MediaId: null or "", PicUrl: null or "" }) yield return $"{path}:Image needs MediaId or PicUrl.";
        if (attachment.MiniProgram is { } program)
        {
            if (program.Title.Length == 0 || Bytes(program.Title) > WelcomeMiniProgram.MaxTitleBytes) yield return $"{path}:MiniProgram:Title must have 1–{WelcomeMiniProgram.MaxTitleBytes} UTF-8 bytes.";
            if (program.PicMediaId.Length == 0) yield return $"{path}:MiniProgram:PicMediaId is missing.";
            if (program.AppId.Length == 0) yield return $"{path}:MiniProgram:AppId is missing.";
            if (program.Page.Length == 0) yield return $"{path}:MiniProgram:Page is missing.";
        }

        if (attachment.Video is { MediaId: "" }) yield return $"{path}:Video:MediaId is missing.";
        if (attachment.File is { MediaId: "" }) yield return $"{path}:File:MediaId is missing.";
    }

    private static int Bytes(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);

    private static bool IsWebAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
}
