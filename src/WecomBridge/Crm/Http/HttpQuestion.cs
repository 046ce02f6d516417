using System.Text;
using System.Text.Json;

namespace WecomBridge.Crm;

/// <summary>A request of the settings with one placeholder: <c>path</c>, <c>METHOD path</c> or <c>METHOD path body</c>.</summary>
internal sealed class HttpQuestion
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH"];
    private readonly string _path;
    private readonly string? _body;

    public HttpQuestion(string template)
    {
        var words = template.Split(' ', 3, StringSplitOptions.TrimEntries);
        var isNamed = words.Length > 1 && Methods.Contains(words[0], StringComparer.Ordinal);
        Method = isNamed ? new HttpMethod(words[0]) : HttpMethod.Get;
        _path = isNamed ? words[1] : template;
        _body = isNamed && words.Length == 3 ? words[2] : null;
    }

    public HttpMethod Method { get; }

    /// <summary>The word that stands for a key's value.</summary>
    public static string PlaceholderOf(CrmKey key) => key switch
    {
        CrmKey.ExternalUserId => "{externalUserId}",
        CrmKey.UnionId => "{unionId}",
        CrmKey.MemberNumber => "{memberNumber}",
        _ => "{mobile}",
    };

    /// <summary>The value can stand in an address. Dots alone would lead elsewhere in it.</summary>
    public static bool CanHold(string value) => value.AsSpan().Trim('.').Length > 0;

    /// <summary>The path with the value in it, relative to the CRM's address.</summary>
    public Uri PathWith(string placeholder, string value) => new(_path.Replace(placeholder, Uri.EscapeDataString(value), StringComparison.Ordinal), UriKind.Relative);

    /// <summary>The body with the value in it; null without one.</summary>
    public HttpContent? BodyWith(string placeholder, string value) =>
        _body is null ? null : new StringContent(_body.Replace(placeholder, JsonEncodedText.Encode(value).ToString(), StringComparison.Ordinal), Encoding.UTF8, "application/json");

    /// <summary>What is wrong with a template; null when it can be used. A path may not lead to another host, and holds its one placeholder or leaves it to the body.</summary>
    /// <param name="path">Key of the setting.</param>
    /// <param name="template">As it stands there.</param>
    /// <param name="placeholder">Must stand in it once or more; null: none may.</param>
    public static string? FindFault(string path, string template, string? placeholder)
    {
        var question = new HttpQuestion(template);
        var plain = placeholder is null ? question._path : question._path.Replace(placeholder, "x", StringComparison.Ordinal);
        var isRelative = plain.Length > 0 && plain[0] is not '/' and not '\\' && !plain.Contains(' ') && !plain.Contains("..", StringComparison.Ordinal) && Uri.TryCreate(plain, UriKind.Relative, out _);
        if (!isRelative) return $"{path} must be a path below Crm:Http:BaseUrl, without a leading slash.";
        var isHeld = placeholder is null || question._path.Contains(placeholder, StringComparison.Ordinal) || question._body?.Contains(placeholder, StringComparison.Ordinal) == true;
        if (!isHeld || plain.Contains('{') || plain.Contains('}')) return placeholder is null ? $"{path} must hold no placeholder." : $"{path} must hold {placeholder} and no other placeholder.";
        return question._body is { } body && !IsJson(body) ? $"{path} must be followed by JSON." : null;
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
