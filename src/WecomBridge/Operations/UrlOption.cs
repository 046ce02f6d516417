using System.CommandLine;

namespace WecomBridge.Operations;

/// <summary>Options that take an http or https address; the command line knows none by itself.</summary>
internal static class UrlOption
{
    /// <summary>Such an option, without a default.</summary>
    public static Option<Uri?> Create(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (result.Tokens is [{ Value: var text }] && Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)) return uri;
            result.AddError($"{name} must be an http or https address.");
            return null;
        },
    };
}
