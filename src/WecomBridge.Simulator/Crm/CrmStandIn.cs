using System.Text;
using Microsoft.AspNetCore.Http;
using WecomBridge.Simulator.Faults;
using WecomBridge.Simulator.Ledger;

namespace WecomBridge.Simulator.Crm;

/// <summary>What a CRM says to one call.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">JSON.</param>
/// <param name="Committed">Whether a customer was changed.</param>
internal sealed record CrmReply(int Status, string Body, bool Committed = false);

/// <summary>A CRM on the wire: faults and the ledger are the same for every kind.</summary>
internal abstract class CrmStandIn(FaultPlan faults, SimulatorLedger ledger)
{
    /// <summary>Answers one call.</summary>
    /// <param name="context">The exchange.</param>
    /// <param name="path">After the CRM's own address.</param>
    public async Task AnswerAsync(HttpContext context, string path)
    {
        var request = context.Request;
        var fault = faults.Take(FaultTarget.Crm, path);
        string? key = request.Headers["Idempotency-Key"];
        var entry = new CrmEntry { Method = request.Method, Path = path + request.QueryString.Value, IdempotencyKey = key, Fault = fault?.Kind.ToString() };
        if (FaultPlayer.PreventsEffect(fault)) ledger.Add(entry with { Status = FaultPlayer.StatusOf(fault, 0) });
        await FaultPlayer.BeforeEffectAsync(fault, context).ConfigureAwait(false);
        if (FaultPlayer.PreventsEffect(fault)) return;

        var reply = await WorkAsync(request, path, key, fault?.Kind == FaultKind.WithoutEffect).ConfigureAwait(false);
        ledger.Add(entry with { Status = FaultPlayer.StatusOf(fault, reply.Status), Committed = reply.Committed });
        await FaultPlayer.WriteAsync(fault, context, reply.Status, Encoding.UTF8.GetBytes(reply.Body)).ConfigureAwait(false);
    }

    /// <summary>What the CRM does and says.</summary>
    /// <param name="request">The call.</param>
    /// <param name="path">After the CRM's own address.</param>
    /// <param name="key">The key of a write that may be repeated.</param>
    /// <param name="withoutEffect">A success is answered and nothing is changed.</param>
    protected abstract Task<CrmReply> WorkAsync(HttpRequest request, string path, string? key, bool withoutEffect);
}
