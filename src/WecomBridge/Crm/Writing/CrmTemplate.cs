using System.Text.RegularExpressions;
using WecomBridge.Rules;

namespace WecomBridge.Crm;

/// <summary>The template of one value that is written: text with fields, or nothing but a list.</summary>
internal sealed partial class CrmTemplate
{
    private const string Separator = ", ";
    private readonly TextTemplate? _text;
    private readonly string _group = "";
    private readonly string _name = "";

    /// <exception cref="HandlebarsDotNet.HandlebarsException">The text is no template.</exception>
    public CrmTemplate(string template)
    {
        var list = List().Match(template);
        if (list.Success) (_group, _name) = (list.Groups["group"].Value, list.Groups["name"].Value.Trim('[', ']'));
        else _text = new TextTemplate(template);
    }

    /// <summary>The value stands for a list.</summary>
    public bool IsList => _text is null;

    /// <summary>The list; empty where nothing is known, and for text.</summary>
    public IReadOnlyList<string> RenderList(CrmContent content) => IsList ? ListOf(content) : [];

    /// <summary>The text; of a list its parts in one line.</summary>
    public string Render(string? id, CrmContent content) => _text is null ? string.Join(Separator, ListOf(content)) : _text.Render(FieldsOf(id, content));

    /// <summary>What is wrong with a template; null when it can be used. Every name of a tag group is taken: a corp may have any.</summary>
    public static string? FindFault(string path, string template)
    {
        if (List().IsMatch(template)) return null;
        var example = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (Match group in GroupName().Matches(template)) example[group.Groups["name"].Value.Trim('[', ']')] = [];
        return TextTemplate.FindFault(path, template, FieldsOf("1", new CrmContent { ExternalUserId = "wm1", Status = CrmStatuses.Added, Tags = example }));
    }

    private IReadOnlyList<string> ListOf(CrmContent content) => _group switch
    {
        "staff" => content.StaffUserIds,
        "tags" => [.. AllTags(content)],
        _ => content.Tags.GetValueOrDefault(_name) ?? [],
    };

    private static Dictionary<string, IReadOnlyDictionary<string, string>> FieldsOf(string? id, CrmContent content) => new(StringComparer.Ordinal)
    {
        ["crm"] = new Dictionary<string, string> { ["id"] = id ?? "" },
        ["customer"] = new Dictionary<string, string> { ["externalUserId"] = content.ExternalUserId, ["status"] = content.Status },
        ["channel"] = new Dictionary<string, string> { ["state"] = content.State ?? "" },
        ["staff"] = new Dictionary<string, string> { ["text"] = string.Join(Separator, content.StaffUserIds) },
        ["tags"] = new Dictionary<string, string> { ["text"] = string.Join(Separator, AllTags(content)) },
        ["group"] = content.Tags.ToDictionary(group => group.Key, group => string.Join(Separator, group.Value), StringComparer.Ordinal),
    };

    private static IEnumerable<string> AllTags(CrmContent content) => content.Tags.Values.SelectMany(tags => tags).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^\s*\{\{\s*(?<group>staff|tags|groupList)\.(?<name>(?<=(staff|tags)\.)list|(?<=groupList\.)(\[[^\]{}]+\]|[^\s{}\[\].]+))\s*\}\}\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex List();

    [GeneratedRegex(@"\bgroup\.(?<name>\[[^\]{}]+\]|[^\s{}\[\].]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GroupName();
}
