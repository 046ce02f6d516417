using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>Customers handed over by members who stay or have left (api.md 10). The platform completes a transfer later: when it is told to happen.</summary>
internal static class TransferApi
{
    private const int Most = 100;
    private const int TransfersPerCustomer = 2;
    private static readonly TimeSpan TransferSpan = TimeSpan.FromDays(90);

    public static IEnumerable<ApiRoute> Routes =>
    [
        new("externalcontact/transfer_customer", IsPost: true, c => Transfer(c, resigned: false)) { Exclusive = c => $"transfer {c.Text("handover_userid")?.ToUpperInvariant()}" },
        new("externalcontact/transfer_result", IsPost: true, c => Result(c, resigned: false)) { IsList = true },
        new("externalcontact/resigned/transfer_customer", IsPost: true, c => Transfer(c, resigned: true)) { Exclusive = c => $"transfer {c.Text("handover_userid")?.ToUpperInvariant()}" },
        new("externalcontact/resigned/transfer_result", IsPost: true, c => Result(c, resigned: true)) { IsList = true },
        new("externalcontact/get_unassigned_list", IsPost: true, Unassigned) { IsList = true },
    ];

    private static JsonObject Transfer(ApiCall call, bool resigned)
    {
        var (from, to) = Both(call);
        if (from == to) throw new ApiRefusal(40130);
        if (resigned && !call.Corp.Transfers.Resigned.ContainsKey(from)) throw new ApiRefusal(40097);
        call.Short("transfer_success_msg", 200);
        var customers = call.NeedTexts("external_userid", Most, emptyCode: 41035);
        var answer = Answer.Ok();
        answer["customer"] = new JsonArray([.. customers.Select(id => new JsonObject { ["external_userid"] = id, ["errcode"] = Start(call, from, to, id, resigned) })]);
        return answer;
    }

    private static int Start(ApiCall call, string from, string to, string customer, bool resigned)
    {
        if (!call.Corp.Customers.ContainsKey(customer)) return 40096;
        if (call.Corp.Relations.Find(from, customer) is not { } relation || !RelationTable.IsLive(relation, call.VisibleBefore)) return 40131;
        var earlier = call.Corp.Transfers.Of(customer).Where(t => t.At > call.Now - TransferSpan).ToList();
        if (earlier.Exists(t => StatusOf(call, t) == 2)) return 40100;
        if (!resigned && earlier.Count(t => !t.Resigned) >= TransfersPerCustomer) return 40128;
        call.Corp.Transfers.Add(new StoredTransfer(from, to, customer, call.Now, resigned));
        call.Note("transfer", "started", customer);
        return 0;
    }

    private static JsonObject Result(ApiCall call, bool resigned)
    {
        var (from, to) = Both(call);
        var transfers = call.Corp.Transfers.Between(from, to).Where(t => t.Resigned == resigned).GroupBy(t => t.ExternalUserId, StringComparer.Ordinal).Select(g => g.Last()).ToList();
        var (page, next) = call.Page(transfers, 1000, $"{from} {to}");
        var answer = Answer.Ok();
        answer["customer"] = new JsonArray([.. page.Select(t => new JsonObject
        {
            ["external_userid"] = t.ExternalUserId,
            ["status"] = StatusOf(call, t),
            ["takeover_time"] = StatusOf(call, t) == 1 ? call.Corp.Relations.Find(t.To, t.ExternalUserId)!.CreatedAt.ToUnixTimeSeconds() : 0,
        })]);
        answer["next_cursor"] = next;
        return answer;
    }

    /// <summary>1 done, 2 waiting, 3 refused by the customer, 4 the taker has too many.</summary>
    private static int StatusOf(ApiCall call, StoredTransfer transfer)
    {
        if (call.Corp.Relations.Find(transfer.To, transfer.ExternalUserId) is { Status: SimulatedRelationStatus.Added } taken && taken.CreatedAt >= transfer.At) return 1;
        return call.Corp.Transfers.Failed.TryGetValue((transfer.To, transfer.ExternalUserId), out var reason) ? reason == "customer_refused" ? 3 : 4 : 2;
    }

    /// <summary>By page number or by cursor, as asked.</summary>
    private static JsonObject Unassigned(ApiCall call)
    {
        var size = call.Number("page_size", 1, 1000, 1000);
        var all = call.Corp.Transfers.Resigned.SelectMany(left => call.Corp.Relations.LiveOfUser(left.Key, call.VisibleBefore).Select(r => (Relation: r, LeftAt: left.Value))).ToList();
        var number = call.Number("page_id", 0, int.MaxValue, 0);
        if (number * size >= 50_000) throw ApiRefusal.Parameter("page_id", "times page_size must be below 50000");
        var (page, next) = call.Text("cursor") is { Length: > 0 } || number == 0 ? call.Page(all, size, "") : ([.. all.Skip((int)(number * size)).Take((int)size)], "");
        var answer = Answer.Ok();
        answer["info"] = new JsonArray([.. page.Select(p => new JsonObject { ["handover_userid"] = p.Relation.UserId, ["external_userid"] = p.Relation.ExternalUserId, ["dimission_time"] = p.LeftAt.ToUnixTimeSeconds() })]);
        answer["is_last"] = next.Length == 0 && (number + 1) * size >= all.Count;
        answer["next_cursor"] = next;
        return answer;
    }

    private static (string From, string To) Both(ApiCall call) => (call.Member(call.Text("handover_userid")).UserId, call.Member(call.Text("takeover_userid")).UserId);
}
