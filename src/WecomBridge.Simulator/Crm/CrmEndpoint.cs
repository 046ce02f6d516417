using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using WecomBridge.Simulator.Api;
using WecomBridge.Simulator.Faults;
using WecomBridge.Simulator.Ledger;

namespace WecomBridge.Simulator.Crm;

/// <summary>A plain CRM under <c>/crm/</c>: search, read, make and change customers, with a bearer token. It knows a repeated write by its key.</summary>
internal sealed class CrmEndpoint(SimulatedCrm crm, string token, FaultPlan faults, SimulatorLedger ledger) : CrmStandIn(faults, ledger)
{
    private const string Collection = "customers";

    protected override async Task<CrmReply> WorkAsync(HttpRequest request, string path, string? key, bool withoutEffect)
    {
        if (request.Headers.Authorization != $"Bearer {token}") return new CrmReply(401, """{"error":"unauthorized"}""");
        if (path == Collection && HttpMethods.IsGet(request.Method))
        {
            var asked = request.Query.Select(parameter => new KeyValuePair<string, string>(parameter.Key, parameter.Value.ToString())).ToList();
            return new CrmReply(200, new JsonArray([.. crm.Search(asked).Select(CrmJson.Of)]).ToJsonString(CrmJson.Options));
        }

        if (path != Collection && !path.StartsWith(Collection + "/", StringComparison.Ordinal)) return new CrmReply(404, CrmJson.NotFound);
        var id = path == Collection ? "" : path[(Collection.Length + 1)..];
        if (HttpMethods.IsGet(request.Method))
            return crm.Find(id) is { } customer ? new CrmReply(200, CrmJson.Of(customer).ToJsonString(CrmJson.Options)) : new CrmReply(404, CrmJson.NotFound);
        var makes = path == Collection && HttpMethods.IsPost(request.Method);
        if (!makes && !HttpMethods.IsPatch(request.Method)) return new CrmReply(405, """{"error":"method not allowed"}""");
        if (await RequestBody.ReadJsonAsync(request).ConfigureAwait(false) is not { } changes) return new CrmReply(400, """{"error":"no JSON object"}""");
        return crm.Write(makes ? null : id, customer => CrmJson.Merge(customer, changes), customer => new CrmReply(makes ? 201 : 200, CrmJson.Of(customer).ToJsonString(CrmJson.Options)), CrmJson.NotFound, key, withoutEffect);
    }
}
