using System.Runtime.CompilerServices;
using WecomBridge.Rules;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Welcome;

/// <summary>Writes the texts of greetings. Templates are compiled once for each version of the settings.</summary>
internal sealed class GreetingText
{
    private readonly ConditionalWeakTable<WelcomeRule, Compiled> _templates = [];

    private sealed record Compiled(TextTemplate Text, TextTemplate? Fallback, WhenNeeds Needs);

    /// <summary>What the texts of a rule ask for.</summary>
    public WhenNeeds NeedsOf(WelcomeRule rule) => Of(rule).Needs;

    /// <summary>The rule's text and its fallback, each at most 4000 UTF-8 bytes, no character broken; null when there is nothing to say.</summary>
    public (WelcomeText? Text, WelcomeText? Fallback) Render(WelcomeRule rule, SendWelcome command, GreetingFacts facts)
    {
        var (text, fallback, _) = Of(rule);
        var fields = GreetingFields.Of(command, facts);
        return (Render(text, fields), fallback is null ? null : Render(fallback, fields));
    }

    private static WelcomeText? Render(TextTemplate template, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> fields)
    {
        var text = TextLimit.ToBytes(template.Render(fields), CgibinExternalContactSendWelcomeMessageRequest.MaxTextBytes);
        return string.IsNullOrWhiteSpace(text) ? null : new WelcomeText(text);
    }

    private Compiled Of(WelcomeRule rule) => _templates.GetValue(rule, static created => new Compiled(
        new TextTemplate(created.Text),
        created.FallbackText is { } fallback ? new TextTemplate(fallback) : null,
        GreetingFields.Needs(TemplateFields.Read(created.Text, out _)) | GreetingFields.Needs(TemplateFields.Read(created.FallbackText ?? "", out _))));
}
