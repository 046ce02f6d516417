using WecomBridge.Rules;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Welcome;

/// <summary>A greeting as it goes out.</summary>
/// <param name="Request">The message, with the media that are at hand.</param>
/// <param name="Instead">What is said when WeCom refuses the media and the message has no text of its own; null for nothing.</param>
internal sealed record WrittenGreeting(CgibinExternalContactSendWelcomeMessageRequest Request, WelcomeText? Instead)
{
    /// <summary>The same greeting without what may be refused about a message's attachments; null when nothing would be left, or nothing was attached.</summary>
    public WrittenGreeting? WithoutMedia()
    {
        if (Request.Attachments is not { Count: > 0 } attached) return null;
        var links = attached.Where(attachment => attachment.Link is not null).ToList();
        if (links.Count == attached.Count) links = [];
        var text = Request.Text ?? Instead;
        if (text is null && links.Count == 0) return null;
        return this with { Request = new CgibinExternalContactSendWelcomeMessageRequest { WelcomeCode = Request.WelcomeCode, Text = text, Attachments = links.Count == 0 ? null : links } };
    }
}

/// <summary>Puts greetings together.</summary>
internal sealed class WelcomeGreetings(GreetingText texts, GreetingAttachments attachments)
{
    /// <summary>What the texts of a rule ask for.</summary>
    public WhenNeeds NeedsOf(WelcomeRule rule) => texts.NeedsOf(rule.Text) | (rule.FallbackText is { } fallback ? texts.NeedsOf(fallback) : WhenNeeds.None);

    /// <summary>What is sent, as far as the media of its attachments are at hand; null when nothing is left of it. <paramref name="command"/> has a code.</summary>
    public WrittenGreeting? Write(WelcomeRule rule, SendWelcome command, GreetingFacts facts)
    {
        var (going, leftOut) = attachments.Of(rule, command.Corp);
        var text = texts.Render(rule.Text, command, facts);
        var fallback = rule.FallbackText is { } instead ? texts.Render(instead, command, facts) : null;
        if (leftOut > 0) text ??= fallback;
        if (text is null && going.Count == 0) return null;
        return new WrittenGreeting(
            new CgibinExternalContactSendWelcomeMessageRequest { WelcomeCode = command.WelcomeCode!, Text = text, Attachments = going.Count == 0 ? null : going },
            fallback);
    }
}
