using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using WecomBridge.Simulator.Api;
using WecomBridge.Simulator.Faults;
using WecomBridge.Simulator.Ledger;

namespace WecomBridge.Simulator.Crm;

/// <summary>Everything under <c>/crm/</c>: search, read and change customers, with a bearer token.</summary>
internal sealed class CrmEndpoint(SimulatedCrm crm, string token, FaultPlan faults, SimulatorLedger ledger)
{
    public async Task AnswerAsync(HttpContext context, string path)
    {
        var request = context.Request;
        var fault = faults.Take(FaultTarget.Crm, path);
        string? key = request.Headers["Idempotency-Key"];
        var entry = new CrmEntry { Method = request.Method, Path = path + request.QueryString.Value, IdempotencyKey = key, Fault = fault?.Kind.ToString() };
        if (FaultPlayer.PreventsEffect(fault)) ledger.Add(entry with { Status = FaultPlayer.StatusOf(fault, 0) });
        await FaultPlayer.BeforeEffectAsync(fault, context).ConfigureAwait(false);
        if (FaultPlayer.PreventsEffect(fault)) return;

        var (status, body, committed) = request.Headers.Authorization == $"Bearer {token}"
            ? await WorkAsync(request, path, key, fault?.Kind == FaultKind.WithoutEffect).ConfigureAwait(false)
            : (StatusCodes.Status401Unauthorized, """{"error":"unauthorized"}""", false);
        ledger.Add(entry with { Status = FaultPlayer.StatusOf(fault, status), Committed = committed });
        await FaultPlayer.WriteAsync(fault, context, status, Encoding.UTF8.GetBytes(body)).ConfigureAwait(false);
    }

    private async Task<(int Status, string Body, bool Committed)> WorkAsync(HttpRequest request, string path, string? key, bool withoutEffect)
    {
        if (path == "customers" && HttpMethods.IsGet(request.Method))
        {
            var found = crm.Search(request.Query["unionid"], request.Query["mobile"]);
            return (200, new JsonArray([.. found.Select(CrmJson.Of)]).ToJsonString(CrmJson.Options), false);
        }

        if (!path.StartsWith("customers/", StringComparison.Ordinal)) return (404, CrmJson.NotFound, false);
        var id = path["customers/".Length..];
        if (HttpMethods.IsGet(request.Method))
            return crm.Find(id) is { } customer ? (200, CrmJson.Of(customer).ToJsonString(CrmJson.Options), false) : (404, CrmJson.NotFound, false);
        if (!HttpMethods.IsPatch(request.Method)) return (405, """{"error":"method not allowed"}""", false);
        return await RequestBody.ReadJsonAsync(request).ConfigureAwait(false) is { } changes
            ? crm.Patch(id, changes, key, withoutEffect)
            : (400, """{"error":"no JSON object"}""", false);
    }
}
