using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WecomBridge.Simulator.Crm;

/// <summary>The plain CRM's wire form.</summary>
internal static class CrmJson
{
    public const string NotFound = """{"error":"not found"}""";

    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject Of(CrmCustomer customer) => CrmFields.Write(customer, PlainNames);

    /// <summary>The customer with the fields that are present; the id and unknown fields are left alone.</summary>
    public static CrmCustomer Merge(CrmCustomer customer, JsonObject changes) => CrmFields.Merge(customer, changes, PlainNames);

    private static string? PlainNames(CrmField field) => field.ToString().ToLowerInvariant();
}
