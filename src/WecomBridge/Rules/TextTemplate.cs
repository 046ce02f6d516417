using HandlebarsDotNet;
using HandlebarsDotNet.Compiler;

namespace WecomBridge.Rules;

/// <summary>A Handlebars template of the settings, compiled once. It knows a fixed set of fields, escapes nothing (the text is no HTML) and has no helpers of its own.</summary>
internal sealed class TextTemplate
{
    private static readonly IHandlebars Engine = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true });
    private static readonly IHandlebars Strict = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true, ThrowOnUnresolvedBindingExpression = true });

    private readonly HandlebarsTemplate<object, object> _template;

    /// <exception cref="HandlebarsException">The text is no template.</exception>
    public TextTemplate(string text) => _template = Engine.Compile(text);

    /// <summary>The text with its fields filled in; a field that is absent is empty.</summary>
    /// <param name="fields">Values by group and name: <c>customer</c>, then <c>name</c>. They are inserted as they are, never read as a template.</param>
    public string Render(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> fields) => _template(fields);

    /// <summary>What is wrong with a template; null when it can be used.</summary>
    /// <param name="path">Key of the setting.</param>
    /// <param name="text">The template.</param>
    /// <param name="fields">Every field there is.</param>
    public static string? FindFault(string path, string text, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> fields)
    {
        try
        {
            Strict.Compile(text)(fields);
            return null;
        }
        catch (Exception fault) when (fault is HandlebarsException or HandlebarsUndefinedBindingException or InvalidOperationException or ArgumentException)
        {
            var known = string.Join(", ", fields.SelectMany(group => group.Value.Keys.Select(name => $"{{{{{group.Key}.{name}}}}}")));
            return $"{path} is no template, or names a field that does not exist; known are {known}.";
        }
    }
}
