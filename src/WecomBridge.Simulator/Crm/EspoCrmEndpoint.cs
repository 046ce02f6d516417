using System.Net.Mime;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using WecomBridge.Simulator.Api;
using WecomBridge.Simulator.Faults;
using WecomBridge.Simulator.Ledger;

namespace WecomBridge.Simulator.Crm;

/// <summary>The contacts of an EspoCRM under <c>/espocrm/api/v1/</c>, as its REST API is documented (docs.espocrm.com, development/api, api/crud, api-search-params). Fields that EspoCRM does not have begin with <c>c</c>, as its own custom fields do.</summary>
internal sealed partial class EspoCrmEndpoint(SimulatedCrm crm, string apiKey, FaultPlan faults, SimulatorLedger ledger) : CrmStandIn(faults, ledger)
{
    private const string Contact = "Contact";
    private const int MostAtOnce = 200;
    private const string NotFound = """{"messageTranslation":{"label":"notFound"}}""";

    protected override async Task<CrmReply> WorkAsync(HttpRequest request, string path, string? key, bool withoutEffect)
    {
        if (request.Headers["X-Api-Key"] != apiKey) return new CrmReply(401, "{}");
        var id = path.StartsWith(Contact + "/", StringComparison.Ordinal) ? path[(Contact.Length + 1)..] : null;
        if (id is null && path != Contact) return new CrmReply(404, NotFound);
        if (HttpMethods.IsGet(request.Method)) return id is null ? List(request.Query) : crm.Find(id) is { } found ? new CrmReply(200, Json(found)) : new CrmReply(404, NotFound);
        if (!(id is null ? HttpMethods.IsPost(request.Method) : HttpMethods.IsPut(request.Method))) return new CrmReply(405, "{}");
        if (request.ContentType?.StartsWith(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase) != true) return new CrmReply(400, "{}");
        if (await RequestBody.ReadJsonAsync(request).ConfigureAwait(false) is not { } changes || (id is null && string.IsNullOrEmpty(changes["lastName"]?.ToString()))) return new CrmReply(400, "{}");
        // EspoCRM knows no keys: a repeated write is made again.
        return crm.Write(id, customer => CrmFields.Merge(customer, changes, NameOf), customer => new CrmReply(200, Json(customer)), NotFound, key: null, withoutEffect);
    }

    private CrmReply List(IQueryCollection query)
    {
        var conditions = new SortedDictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        var (offset, maxSize) = (0, MostAtOnce);
        foreach (var (name, values) in query)
        {
            var value = values.ToString();
            if (Where().Match(name) is { Success: true } where)
            {
                if (!conditions.TryGetValue(where.Groups["item"].Value, out var condition)) conditions[where.Groups["item"].Value] = condition = [];
                condition[where.Groups["part"].Value] = value;
            }
            else if (name is not ("select" or "orderBy" or "order") && !(name == "maxSize" && int.TryParse(value, out maxSize)) && !(name == "offset" && int.TryParse(value, out offset)))
            {
                return new CrmReply(400, "{}");
            }
        }

        if (maxSize > MostAtOnce || conditions.Values.Any(condition => FieldOf(condition) is null)) return new CrmReply(400, "{}");
        var found = crm.Where(customer => conditions.Values.All(condition => CrmFields.TextOf(customer, FieldOf(condition)!.Value) == condition["value"]));
        var page = found.Skip(offset).Take(maxSize).Select(customer => Selected(Attributes(customer), query["select"].ToString()));
        return new CrmReply(200, new JsonObject { ["total"] = found.Count, ["list"] = new JsonArray([.. page]) }.ToJsonString(CrmJson.Options));
    }

    private static CrmField? FieldOf(Dictionary<string, string> condition) =>
        condition.GetValueOrDefault("type") == "equals" && condition.ContainsKey("value")
            ? Enum.GetValues<CrmField>().Cast<CrmField?>().FirstOrDefault(field => NameOf(field!.Value) == condition.GetValueOrDefault("attribute"))
            : null;

    private static string Json(CrmCustomer customer) => Attributes(customer).ToJsonString(CrmJson.Options);

    private static JsonObject Attributes(CrmCustomer customer)
    {
        var attributes = CrmFields.Write(customer, NameOf);
        attributes["name"] = customer.Name;
        return attributes;
    }

    /// <summary>The attributes asked for, and the id; without a choice all.</summary>
    private static JsonObject Selected(JsonObject attributes, string select)
    {
        if (select.Length == 0) return attributes;
        var names = select.Split(',').Append("id").ToHashSet(StringComparer.Ordinal);
        foreach (var name in attributes.Select(attribute => attribute.Key).Where(name => !names.Contains(name)).ToList()) attributes.Remove(name);
        return attributes;
    }

    private static string NameOf(CrmField field) => field switch
    {
        CrmField.Id => "id",
        CrmField.Name => "lastName",
        CrmField.Mobile => "phoneNumber",
        CrmField.Level => "cLevel",
        CrmField.UnionId => "cWechatUnionId",
        CrmField.ExternalUserId => "cWecomId",
        CrmField.MemberNumber => "cMemberNumber",
        CrmField.Owner => "cWecomStaff",
        CrmField.Status => "cWecomStatus",
        CrmField.Channel => "cWecomChannel",
        _ => "cWecomTags",
    };

    [GeneratedRegex(@"^where\[(?<item>\d+)\]\[(?<part>type|attribute|value)\]$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Where();
}
