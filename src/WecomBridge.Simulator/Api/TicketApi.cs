using System.Text.Json.Nodes;

namespace WecomBridge.Simulator.Api;

/// <summary>Tickets for pages inside WeCom (api.md 16): one of the corp, one of the app.</summary>
internal static class TicketApi
{
    private const int CorpTimesApp = 4;
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(7200);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static IEnumerable<ApiRoute> Routes =>
    [
        new("get_jsapi_ticket", IsPost: false, c => Ticket(c, "corp")),
        new("ticket/get", IsPost: false, c => c.NeedQuery("type") == "agent_config" ? Ticket(c, "app " + c.App.Name) : throw ApiRefusal.Parameter("type")),
    ];

    private static JsonObject Ticket(ApiCall call, string owner)
    {
        var perHour = call.Corp.Options.Limits.TicketsPerHour;
        if (!call.Corp.Counters.Spend($"ticket of {call.App.Name}", perHour, Hour, call.Now) || !call.Corp.Counters.Spend("tickets", perHour * CorpTimesApp, Hour, call.Now)) throw new ApiRefusal(45009);
        if (!call.Corp.Tickets.TryGetValue(owner, out var ticket) || ticket.Until <= call.Now) call.Corp.Tickets[owner] = ticket = (call.Corp.Ids.Id("", 86), call.Now + Life);
        var answer = Answer.Ok();
        answer["ticket"] = ticket.Value;
        answer["expires_in"] = (int)(ticket.Until - call.Now).TotalSeconds;
        return answer;
    }
}
