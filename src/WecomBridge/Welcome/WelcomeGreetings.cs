using WecomBridge.Wecom.Api;

namespace WecomBridge.Welcome;

/// <summary>Puts greetings together.</summary>
internal sealed class WelcomeGreetings(GreetingText texts)
{
    /// <summary>What is sent; <paramref name="command"/> has a code.</summary>
    public CgibinExternalContactSendWelcomeMessageRequest Write(WelcomeRule rule, SendWelcome command, GreetingFacts facts) => new()
    {
        WelcomeCode = command.WelcomeCode!,
        Text = texts.Render(rule.Text, command, facts),
        Attachments = rule.Attachments.Count == 0 ? null : [.. rule.Attachments.Select(Attachment)],
    };

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
