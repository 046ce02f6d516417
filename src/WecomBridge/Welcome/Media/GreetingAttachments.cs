using System.Collections.Concurrent;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Welcome;

/// <summary>Turns the attachments of a rule into those of a message. One whose media are not with WeCom is left out: a greeting does not wait.</summary>
internal sealed class GreetingAttachments(IGreetingMedia media, MediaMetrics metrics, ILogger<GreetingAttachments> logger)
{
    private readonly ConcurrentDictionary<(string Corp, string Rule), bool> _incomplete = new();

    /// <summary>What can go along, in order, and how many are left out.</summary>
    public (IReadOnlyList<WelcomeAttachment> Attachments, int LeftOut) Of(WelcomeRule rule, string corp)
    {
        List<WelcomeAttachment> attachments = [.. rule.Attachments.Select(attachment => Of(attachment, corp)).OfType<WelcomeAttachment>()];
        var leftOut = rule.Attachments.Count - attachments.Count;
        if (leftOut == 0)
        {
            _incomplete.TryRemove((corp, rule.Name), out _);
        }
        else
        {
            metrics.LeftOut(leftOut);
            if (_incomplete.TryAdd((corp, rule.Name), true)) logger.AttachmentsLeftOut(rule.Name, corp, leftOut);
        }

        return (attachments, leftOut);
    }

    private WelcomeAttachment? Of(WelcomeAttachmentOptions attachment, string corp)
    {
        var uploaded = MediaNeeds.FileOf(attachment) is var (_, file) ? media.Resolve(corp, file) : null;
        return attachment switch
        {
            { Link: { } link } => WelcomeAttachment.Of(new WelcomeLink(link.Title, link.PicUrl, link.Description, link.Url)),
            { Image.PicUrl: { Length: > 0 } address } => WelcomeAttachment.Of(new WelcomeImage(MediaId: null, address)),
            { Image: { } image } => Id(image.MediaId) is { } id ? WelcomeAttachment.Of(new WelcomeImage(id, PicUrl: null)) : null,
            { MiniProgram: { } program } => Id(program.PicMediaId) is { } id ? WelcomeAttachment.Of(new WelcomeMiniProgram(program.Title, id, program.AppId, program.Page)) : null,
            { Video: { } video } => Id(video.MediaId) is { } id ? WelcomeAttachment.OfVideo(id) : null,
            { File: { } document } => Id(document.MediaId) is { } id ? WelcomeAttachment.OfFile(id) : null,
            _ => throw new InvalidOperationException("An attachment without a kind passed the check at start."),
        };

        string? Id(string? given) => uploaded ?? (string.IsNullOrEmpty(given) || media.IsRefused(corp, given) ? null : given);
    }
}
