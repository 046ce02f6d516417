using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;
using WecomBridge.Rules;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Welcome;

/// <summary>Chooses and writes greetings. Templates are compiled once for each version of the settings.</summary>
internal sealed class WelcomeGreetings(IOptionsMonitor<WelcomeOptions> options, IOptionsMonitor<WecomOptions> corps, GreetingAttachments attachments)
{
    private readonly ConditionalWeakTable<string, TextTemplate> _templates = [];

    /// <summary>The first rule whose conditions hold at the time of the add; null when none does.</summary>
    public WelcomeRule? Choose(SendWelcome command)
    {
        var timeZone = corps.CurrentValue.Corps.GetValueOrDefault(command.Corp)?.TimeZone ?? new CorpOptions().TimeZone;
        var subject = new WhenSubject(command.Corp, command.State, command.UserId, WhenSubject.Local(command.CreatedAt, timeZone));
        return options.CurrentValue.Rules.Find(rule => WhenMatcher.Matches(rule.When, subject));
    }

    /// <summary>What is sent, as far as the media of its attachments are at hand; null when nothing is left of it. <paramref name="command"/> has a code.</summary>
    public CgibinExternalContactSendWelcomeMessageRequest? Write(WelcomeRule rule, SendWelcome command)
    {
        var (going, leftOut) = attachments.Of(rule, command.Corp);
        var text = Render(rule.Text, command);
        if (text.Length == 0 && leftOut > 0 && rule.FallbackText is { } fallback) text = Render(fallback, command);
        if (text.Length == 0 && going.Count == 0) return null;
        return new CgibinExternalContactSendWelcomeMessageRequest
        {
            WelcomeCode = command.WelcomeCode!,
            Text = text.Length == 0 ? null : new WelcomeText(text),
            Attachments = going.Count == 0 ? null : going,
        };
    }

    private string Render(string text, SendWelcome command) =>
        TextLimit.ToBytes(_templates.GetValue(text, static created => new TextTemplate(created)).Render(GreetingFields.Of(command)), CgibinExternalContactSendWelcomeMessageRequest.MaxTextBytes);
}
