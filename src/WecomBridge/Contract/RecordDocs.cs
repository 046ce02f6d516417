using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using WecomBridge.Contracts;

namespace WecomBridge.Contract;

/// <summary>What the XML documentation of the contract's records says, as text for readers of any language.</summary>
internal sealed partial class RecordDocs
{
    private readonly Dictionary<string, XElement> _summaries;

    private RecordDocs(Dictionary<string, XElement> summaries) => _summaries = summaries;

    /// <summary>Reads the file that is built beside the contract's assembly.</summary>
    /// <exception cref="InvalidOperationException">It is not there.</exception>
    public static RecordDocs Read()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "WecomBridge.Contracts.xml");
        if (!File.Exists(path)) throw new InvalidOperationException("WecomBridge.Contracts.xml is missing beside the executable: copy it there from the published files.");
        return new RecordDocs(XDocument.Load(path).Descendants("member").Where(member => member.Element("summary") is not null)
            .ToDictionary(member => (string)member.Attribute("name")!, member => member.Element("summary")!, StringComparer.Ordinal));
    }

    /// <summary>What a record is.</summary>
    public string TextOf(Type record) => Text(_summaries["T:" + record.FullName]);

    /// <summary>What a field is. On the wire null and absent are the same, and absent is what is seen.</summary>
    public string TextOf(PropertyInfo field) => Null().Replace(KnownWords().Replace(Text(SummaryOf(field)), "the examples are the known words, others may come"), word => word.Value == "Null" ? "Absent" : "absent");

    /// <summary>The words that are known of an open enumeration; empty for any other field.</summary>
    public IReadOnlyList<string> WordsOf(PropertyInfo field) =>
        [.. SummaryOf(field).Descendants("see").SelectMany(see => WordsOf((string?)see.Attribute("cref") ?? ""))];

    private static IEnumerable<string> WordsOf(string reference)
    {
        var contracts = typeof(EventTypes).Assembly;
        if (reference.StartsWith("P:", StringComparison.Ordinal) && reference.EndsWith(".All", StringComparison.Ordinal))
            return contracts.GetType(reference[2..^4])?.GetProperty("All")?.GetValue(null) as IReadOnlyList<string> ?? [];
        return reference.StartsWith("T:", StringComparison.Ordinal) && contracts.GetType(reference[2..]) is { IsAbstract: true, IsSealed: true } words
            ? words.GetFields().Where(word => word.IsLiteral).Select(word => (string)word.GetRawConstantValue()!)
            : [];
    }

    private static string Text(XElement summary) => Space().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => NameOf((string)see.Attribute("cref")!),
        _ => "",
    };

    /// <summary>A field goes by its name on the wire, a type by its own.</summary>
    private static string NameOf(string reference)
    {
        var dot = reference.LastIndexOf('.');
        var field = reference.StartsWith("P:", StringComparison.Ordinal) ? typeof(EventTypes).Assembly.GetType(reference[2..dot])?.GetProperty(reference[(dot + 1)..]) : null;
        return field?.GetCustomAttribute<JsonPropertyNameAttribute>() is { } name ? $"`{name.Name}`" : reference[(dot + 1)..];
    }

    private XElement SummaryOf(PropertyInfo field) => _summaries[$"P:{field.DeclaringType!.FullName}.{field.Name}"];

    [GeneratedRegex(@"\w+( and \w+)? names? the known words", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KnownWords();

    [GeneratedRegex(@"\bnull\b", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Null();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Space();
}
