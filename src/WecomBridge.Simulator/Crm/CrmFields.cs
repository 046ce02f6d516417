using System.Text.Json.Nodes;

namespace WecomBridge.Simulator.Crm;

/// <summary>What a customer's record has; each kind of CRM has its own names for them.</summary>
internal enum CrmField
{
    Id,
    Name,
    Level,
    Mobile,
    UnionId,
    ExternalUserId,
    MemberNumber,
    Owner,
    Status,
    Channel,
    Tags,
}

/// <summary>Reads and writes records field by field.</summary>
internal static class CrmFields
{
    /// <summary>The fields by which a search may ask.</summary>
    public static readonly IReadOnlyList<CrmField> Searchable = [CrmField.Mobile, CrmField.UnionId, CrmField.ExternalUserId, CrmField.MemberNumber];

    /// <summary>A field's text; of the tags their words, parted by a comma.</summary>
    public static string? TextOf(CrmCustomer customer, CrmField field) => field switch
    {
        CrmField.Id => customer.Id,
        CrmField.Name => customer.Name,
        CrmField.Level => customer.Level,
        CrmField.Mobile => customer.Mobile,
        CrmField.UnionId => customer.UnionId,
        CrmField.ExternalUserId => customer.ExternalUserId,
        CrmField.MemberNumber => customer.MemberNumber,
        CrmField.Owner => customer.Owner,
        CrmField.Status => customer.Status,
        CrmField.Channel => customer.Channel,
        _ => string.Join(", ", customer.Tags),
    };

    /// <summary>The record; fields whose name is null are left out.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="nameOf">The CRM's name of a field.</param>
    /// <param name="tagsAsText">Tags are one text, not a list.</param>
    public static JsonObject Write(CrmCustomer customer, Func<CrmField, string?> nameOf, bool tagsAsText = false)
    {
        var json = new JsonObject();
        foreach (var field in Enum.GetValues<CrmField>())
        {
            if (nameOf(field) is not { } name) continue;
            json[name] = field == CrmField.Tags && !tagsAsText ? new JsonArray([.. customer.Tags.Select(tag => (JsonNode)tag)]) : TextOf(customer, field);
        }

        return json;
    }

    /// <summary>The customer with the fields that are present; the id and unknown fields are left alone.</summary>
    public static CrmCustomer Merge(CrmCustomer customer, JsonObject changes, Func<CrmField, string?> nameOf)
    {
        foreach (var field in Enum.GetValues<CrmField>())
        {
            if (field != CrmField.Id && nameOf(field) is { } name && changes.ContainsKey(name)) customer = With(customer, field, changes[name]);
        }

        return customer;
    }

    private static CrmCustomer With(CrmCustomer customer, CrmField field, JsonNode? value) => field switch
    {
        CrmField.Name => customer with { Name = value?.ToString() ?? "" },
        CrmField.Level => customer with { Level = value?.ToString() ?? "" },
        CrmField.Mobile => customer with { Mobile = value?.ToString() },
        CrmField.UnionId => customer with { UnionId = value?.ToString() },
        CrmField.ExternalUserId => customer with { ExternalUserId = value?.ToString() },
        CrmField.MemberNumber => customer with { MemberNumber = value?.ToString() },
        CrmField.Owner => customer with { Owner = value?.ToString() },
        CrmField.Status => customer with { Status = value?.ToString() },
        CrmField.Channel => customer with { Channel = value?.ToString() },
        _ => customer with { Tags = TagsOf(value) },
    };

    private static string[] TagsOf(JsonNode? value) => value is JsonArray list
        ? [.. list.Select(tag => tag?.ToString() ?? "")]
        : (value?.ToString() ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
