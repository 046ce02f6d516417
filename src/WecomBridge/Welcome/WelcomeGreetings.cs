using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;
using WecomBridge.Rules;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Welcome;

/// <summary>Chooses and writes greetings. Templates are compiled once for each version of the settings.</summary>
internal sealed class WelcomeGreetings(IOptionsMonitor<WelcomeOptions> options, IOptionsMonitor<WecomOptions> corps)
{
    private readonly ConditionalWeakTable<WelcomeRule, TextTemplate> _templates = [];

    /// <summary>The first rule whose conditions hold at the time of the add; null when none does.</summary>
    public WelcomeRule? Choose(SendWelcome command)
    {
        var timeZone = corps.CurrentValue.Corps.GetValueOrDefault(command.Corp)?.TimeZone ?? new CorpOptions().TimeZone;
        var subject = new WhenSubject(command.Corp, command.State, command.UserId, WhenSubject.Local(command.CreatedAt, timeZone));
        return options.CurrentValue.Rules.Find(rule => WhenMatcher.Matches(rule.When, subject));
    }

    /// <summary>What is sent; <paramref name="command"/> has a code.</summary>
    public CgibinExternalContactSendWelcomeMessageRequest Write(WelcomeRule rule, SendWelcome command)
    {
        var template = _templates.GetValue(rule, static created => new TextTemplate(created.Text));
        var text = TextLimit.ToBytes(template.Render(GreetingFields.Of(command)), CgibinExternalContactSendWelcomeMessageRequest.MaxTextBytes);
        return new CgibinExternalContactSendWelcomeMessageRequest
        {
            WelcomeCode = command.WelcomeCode!,
            Text = text.Length == 0 ? null : new WelcomeText(text),
            Attachments = rule.Attachments.Count == 0 ? null : [.. rule.Attachments.Select(Attachment)],
        };
    }

    private static WelcomeAttachment Attachment(WelcomeAttachmentOptions attachment) => attachment switch
    {
        { Link: { } link } => WelcomeAttachment.Of(new WelcomeLink(link.Title, link.PicUrl, link.Description, link.Url)),
        { Image: { } image } => WelcomeAttachment.Of(new WelcomeImage(image.MediaId, image.PicUrl)),
        { MiniProgram: { } program } => WelcomeAttachment.Of(new WelcomeMiniProgram(program.Title, program.PicMediaId, program.AppId, program.Page)),
        { Video: { } video } => WelcomeAttachment.OfVideo(video.MediaId),
        { File: { } file } => WelcomeAttachment.OfFile(file.MediaId),
        _ => throw new InvalidOperationException("An attachment without a kind passed the check at start."),
    };
}
