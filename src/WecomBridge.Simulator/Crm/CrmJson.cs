using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WecomBridge.Simulator.Crm;

/// <summary>The CRM's wire form.</summary>
internal static class CrmJson
{
    public const string NotFound = """{"error":"not found"}""";

    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject Of(CrmCustomer customer) => new()
    {
        ["id"] = customer.Id,
        ["name"] = customer.Name,
        ["level"] = customer.Level,
        ["mobile"] = customer.Mobile,
        ["unionid"] = customer.UnionId,
        ["owner"] = customer.Owner,
        ["tags"] = new JsonArray([.. customer.Tags.Select(t => (JsonNode)t)]),
    };

    /// <summary>The customer with the fields that are present; the id and unknown fields are left alone.</summary>
    public static CrmCustomer Merge(CrmCustomer customer, JsonObject changes) => customer with
    {
        Name = changes["name"]?.ToString() ?? customer.Name,
        Level = changes["level"]?.ToString() ?? customer.Level,
        Mobile = changes.ContainsKey("mobile") ? changes["mobile"]?.ToString() : customer.Mobile,
        UnionId = changes.ContainsKey("unionid") ? changes["unionid"]?.ToString() : customer.UnionId,
        Owner = changes.ContainsKey("owner") ? changes["owner"]?.ToString() : customer.Owner,
        Tags = changes["tags"] is JsonArray tags ? [.. tags.Select(t => t?.ToString() ?? "")] : customer.Tags,
    };
}
