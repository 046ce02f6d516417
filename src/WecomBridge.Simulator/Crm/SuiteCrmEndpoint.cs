using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using WecomBridge.Simulator.Api;
using WecomBridge.Simulator.Faults;
using WecomBridge.Simulator.Ledger;

namespace WecomBridge.Simulator.Crm;

/// <summary>The contacts of a SuiteCRM 8 under <c>/suitecrm/legacy/Api/</c>, as its JSON:API is documented (docs.suitecrm.com, developer/api). Fields that SuiteCRM does not have end in <c>_c</c>, as its own custom fields do.</summary>
internal sealed partial class SuiteCrmEndpoint(SimulatedCrm crm, string clientSecret, FaultPlan faults, SimulatorLedger ledger) : CrmStandIn(faults, ledger)
{
    /// <summary>Id of the one client that may ask for tokens.</summary>
    public const string ClientId = "6d1e3c1e-0000-4000-8000-00000000c0de";

    private const string Modules = "V8/module";
    private const string Contacts = Modules + "/Contacts";
    private const int TokenSeconds = 3600;
    private readonly HashSet<string> _tokens = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Every token given so far is taken no more.</summary>
    public void EndTokens()
    {
        lock (_lock) _tokens.Clear();
    }

    protected override async Task<CrmReply> WorkAsync(HttpRequest request, string path, string? key, bool withoutEffect)
    {
        if (path == "access_token" && HttpMethods.IsPost(request.Method)) return await GiveTokenAsync(request).ConfigureAwait(false);
        if (!IsKnown(request.Headers.Authorization.ToString())) return Error(401, "The resource owner or authorization server denied the request.");
        if (path == Contacts && HttpMethods.IsGet(request.Method)) return List(request.Query);
        if (path.StartsWith(Contacts + "/", StringComparison.Ordinal) && HttpMethods.IsGet(request.Method))
            return crm.Find(path[(Contacts.Length + 1)..]) is { } found ? new CrmReply(200, new JsonObject { ["data"] = Json(found) }.ToJsonString(CrmJson.Options)) : Error(404, "Not found");
        var makes = HttpMethods.IsPost(request.Method);
        if (path != Modules || !(makes || HttpMethods.IsPatch(request.Method))) return Error(404, "Not found");
        return await WriteAsync(request, makes, withoutEffect).ConfigureAwait(false);
    }

    private async Task<CrmReply> GiveTokenAsync(HttpRequest request)
    {
        if (!request.HasFormContentType) return new CrmReply(400, """{"error":"invalid_request"}""");
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
        if (form["grant_type"] != "client_credentials") return new CrmReply(400, """{"error":"unsupported_grant_type"}""");
        if (form["client_id"] != ClientId || form["client_secret"] != clientSecret) return new CrmReply(401, """{"error":"invalid_client"}""");
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        lock (_lock) _tokens.Add(token);
        return new CrmReply(200, new JsonObject { ["token_type"] = "Bearer", ["expires_in"] = TokenSeconds, ["access_token"] = token }.ToJsonString());
    }

    private bool IsKnown(string authorization)
    {
        const string Bearer = "Bearer ";
        lock (_lock) return authorization.StartsWith(Bearer, StringComparison.Ordinal) && _tokens.Contains(authorization[Bearer.Length..]);
    }

    private CrmReply List(IQueryCollection query)
    {
        var conditions = new List<(CrmField Field, string Value)>();
        var (size, number) = (20, 1);
        foreach (var (name, values) in query)
        {
            var value = values.ToString();
            if (Filter().Match(name) is { Success: true } filter)
            {
                if (FieldOf(filter.Groups["field"].Value) is not { } field) return Error(400, "Invalid field in filter");
                conditions.Add((field, value));
            }
            else if (!(name is "fields[Contacts]" or "sort" || (name == "filter[operator]" && value is "and" or "or") || (name == "page[size]" && int.TryParse(value, out size)) || (name == "page[number]" && int.TryParse(value, out number))))
            {
                return Error(400, "Invalid parameter");
            }
        }

        var all = query["filter[operator]"] == "or" ? crm.Where(customer => conditions.Exists(each => Holds(customer, each))) : crm.Where(customer => conditions.TrueForAll(each => Holds(customer, each)));
        var answer = new JsonObject { ["data"] = new JsonArray([.. all.Skip((number - 1) * size).Take(size).Select(customer => Json(customer, query["fields[Contacts]"].ToString()))]) };
        if (query.ContainsKey("page[size]")) answer["meta"] = new JsonObject { ["total-pages"] = (all.Count + size - 1) / size };
        return new CrmReply(200, answer.ToJsonString(CrmJson.Options));
    }

    private async Task<CrmReply> WriteAsync(HttpRequest request, bool makes, bool withoutEffect)
    {
        if (request.ContentType is not { } type || !(type.StartsWith("application/vnd.api+json", StringComparison.OrdinalIgnoreCase) || type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))) return Error(415, "Unsupported media type");
        var data = (await RequestBody.ReadJsonAsync(request).ConfigureAwait(false))?["data"] as JsonObject;
        if (data?["type"]?.ToString() != "Contacts" || data["attributes"] is not JsonObject attributes || (!makes && data["id"] is null)) return Error(400, "Invalid payload");
        // SuiteCRM knows no keys: a repeated write is made again.
        return crm.Write(
            makes ? null : data["id"]!.ToString(),
            customer => CrmFields.Merge(customer, attributes, NameOf),
            customer => new CrmReply(makes ? 201 : 200, new JsonObject { ["data"] = Json(customer) }.ToJsonString(CrmJson.Options)),
            Error(404, "Not found").Body,
            key: null,
            withoutEffect);
    }

    private static bool Holds(CrmCustomer customer, (CrmField Field, string Value) condition) => CrmFields.TextOf(customer, condition.Field) == condition.Value;

    /// <param name="customer">The customer.</param>
    /// <param name="fields">Attributes asked for, parted by commas; empty means all.</param>
    private static JsonObject Json(CrmCustomer customer, string fields = "")
    {
        var attributes = CrmFields.Write(customer, NameOf, tagsAsText: true);
        var names = fields.Split(',').ToHashSet(StringComparer.Ordinal);
        foreach (var name in attributes.Select(attribute => attribute.Key).Where(name => name == "id" || (fields.Length > 0 && !names.Contains(name))).ToList()) attributes.Remove(name);
        return new JsonObject { ["type"] = "Contact", ["id"] = customer.Id, ["attributes"] = attributes, ["relationships"] = new JsonObject() };
    }

    private static CrmReply Error(int status, string detail) => new(status, new JsonObject { ["errors"] = new JsonObject { ["status"] = status, ["title"] = null, ["detail"] = detail } }.ToJsonString());

    private static CrmField? FieldOf(string name) => Enum.GetValues<CrmField>().Cast<CrmField?>().FirstOrDefault(field => NameOf(field!.Value) == name);

    private static string NameOf(CrmField field) => field switch
    {
        CrmField.Id => "id",
        CrmField.Name => "last_name",
        CrmField.Mobile => "phone_mobile",
        CrmField.Level => "level_c",
        CrmField.UnionId => "wechat_unionid_c",
        CrmField.ExternalUserId => "wecom_id_c",
        CrmField.MemberNumber => "member_number_c",
        CrmField.Owner => "wecom_staff_c",
        CrmField.Status => "wecom_status_c",
        CrmField.Channel => "wecom_channel_c",
        _ => "wecom_tags_c",
    };

    [GeneratedRegex(@"^filter\[(?<field>\w+)\]\[(eq|EQ)\]$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Filter();
}
