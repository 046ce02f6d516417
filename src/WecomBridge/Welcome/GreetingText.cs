using System.Runtime.CompilerServices;
using WecomBridge.Rules;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Welcome;

/// <summary>Writes the texts of greetings. Templates are compiled once for each version of the settings.</summary>
internal sealed class GreetingText
{
    private readonly ConditionalWeakTable<string, Compiled> _templates = [];

    private sealed record Compiled(TextTemplate Template, WhenNeeds Needs);

    /// <summary>What a template asks for.</summary>
    public WhenNeeds NeedsOf(string template) => Of(template).Needs;

    /// <summary>At most 4000 UTF-8 bytes, no character broken; null when there is nothing to say.</summary>
    public WelcomeText? Render(string template, SendWelcome command, GreetingFacts facts)
    {
        var text = TextLimit.ToBytes(Of(template).Template.Render(GreetingFields.Of(command, facts)), CgibinExternalContactSendWelcomeMessageRequest.MaxTextBytes);
        return string.IsNullOrWhiteSpace(text) ? null : new WelcomeText(text);
    }

    private Compiled Of(string template) =>
        _templates.GetValue(template, static text => new Compiled(new TextTemplate(text), GreetingFields.Needs(TemplateFields.Read(text, out _))));
}
