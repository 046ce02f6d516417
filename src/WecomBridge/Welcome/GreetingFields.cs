using WecomBridge.Rules;

namespace WecomBridge.Welcome;

/// <summary>The fields of a greeting's text.</summary>
internal static class GreetingFields
{
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>Every field there is, each with a value or each without.</summary>
    /// <param name="crm">Names of the CRM's facts.</param>
    /// <param name="value">Of each field.</param>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Example(IEnumerable<string> crm, string value) =>
        Of(value, value, value, value, value, crm.ToDictionary(name => name, _ => value, StringComparer.Ordinal));

    /// <summary>The values for one greeting; what is not known is empty.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Of(SendWelcome command, GreetingFacts facts) =>
        Of(command.UserId, facts.Staff?.Name, command.ExternalUserId, facts.Customer?.Name, command.State, facts.Crm?.Facts ?? Nothing);

    /// <summary>What has to be looked up for these fields, as <see cref="TemplateFields"/> reads them.</summary>
    public static WhenNeeds Needs(IReadOnlySet<string> fields)
    {
        var needs = fields.Contains("staff.name") ? WhenNeeds.Staff : WhenNeeds.None;
        if (fields.Contains("customer.name")) needs |= WhenNeeds.Customer;
        if (fields.Any(field => field.StartsWith("crm.", StringComparison.Ordinal))) needs |= WhenNeeds.Crm;
        return needs;
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Of(
        string userId, string? staffName, string externalUserId, string? customerName, string? state, IReadOnlyDictionary<string, string> crm) => new(StringComparer.Ordinal)
        {
            ["staff"] = new Dictionary<string, string> { ["userId"] = userId, ["name"] = staffName ?? "" },
            ["customer"] = new Dictionary<string, string> { ["externalUserId"] = externalUserId, ["name"] = customerName ?? "" },
            ["channel"] = new Dictionary<string, string> { ["state"] = state ?? "" },
            ["crm"] = crm,
        };
}
