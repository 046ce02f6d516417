using System.Runtime.CompilerServices;
using WecomBridge.Rules;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Welcome;

/// <summary>Writes the texts of greetings. Templates are compiled once for each version of the settings.</summary>
internal sealed class GreetingText
{
    private readonly ConditionalWeakTable<WelcomeRule, Compiled> _templates = [];

    private sealed record Compiled(TextTemplate Template, WhenNeeds Needs);

    /// <summary>What the text of a rule asks for.</summary>
    public WhenNeeds NeedsOf(WelcomeRule rule) => Of(rule).Needs;

    /// <summary>At most 4000 UTF-8 bytes, no character broken; null when there is nothing to say.</summary>
    public WelcomeText? Render(WelcomeRule rule, SendWelcome command, GreetingFacts facts)
    {
        var text = TextLimit.ToBytes(Of(rule).Template.Render(GreetingFields.Of(command, facts)), CgibinExternalContactSendWelcomeMessageRequest.MaxTextBytes);
        return string.IsNullOrWhiteSpace(text) ? null : new WelcomeText(text);
    }

    private Compiled Of(WelcomeRule rule) =>
        _templates.GetValue(rule, static created => new Compiled(new TextTemplate(created.Text), GreetingFields.Needs(TemplateFields.Read(created.Text, out _))));
}
