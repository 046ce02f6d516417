using System.Security.Cryptography;
using System.Text;

namespace WecomBridge.Crm;

/// <summary>One write, ready to be sent as often as needed.</summary>
/// <param name="Id">The customer's id in the CRM; null when the write makes the record.</param>
/// <param name="Payload">What is sent. Personal.</param>
/// <param name="Expected">Facts that the record holds once it is written.</param>
internal sealed record CrmWrite(string? Id, string Payload, IReadOnlyDictionary<string, string> Expected)
{
    /// <summary>SHA-256, in hexadecimal: equal for what would be written alike.</summary>
    public string Print { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Id + "\n" + Payload)));

    /// <summary>The record holds what was written. A list's order is the CRM's own matter.</summary>
    public bool IsKeptBy(CrmMatch record) => Expected.All(fact => IsSame(record.Fields.GetValueOrDefault(fact.Key) ?? "", fact.Value));

    public override string ToString() => Print;

    private static bool IsSame(string found, string expected) => found == expected || Parts(found).SequenceEqual(Parts(expected), StringComparer.Ordinal);

    private static IEnumerable<string> Parts(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);
}

/// <summary>The templates of one kind of write, compiled once.</summary>
internal sealed class CrmWriteTemplates(Dictionary<string, string> set, Dictionary<string, string> check)
{
    private readonly IReadOnlyList<(string Place, CrmTemplate Value)> _set = Compile(set);
    private readonly IReadOnlyList<(string Place, CrmTemplate Value)> _check = Compile(check);

    /// <summary>Every value that is written, with its place.</summary>
    public IEnumerable<(string Place, CrmTemplate Value)> Set => _set;

    public IReadOnlyDictionary<string, string> Expected(string? id, CrmContent content) => _check.ToDictionary(fact => fact.Place, fact => fact.Value.Render(id, content), StringComparer.Ordinal);

    private static IReadOnlyList<(string, CrmTemplate)> Compile(Dictionary<string, string> templates) =>
        [.. templates.OrderBy(template => template.Key, StringComparer.Ordinal).Select(template => (template.Key, new CrmTemplate(template.Value)))];
}
