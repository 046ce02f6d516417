using System.Text.Json;
using System.Text.Json.Nodes;
using WecomBridge.Simulator.Faults;

namespace WecomBridge.Simulator.Control;

/// <summary>Control calls that make the platform misbehave.</summary>
internal static class FaultCalls
{
    private const string Rule = "target (api, crm, callback), kind, pattern?, times?, skip?, probability?, delayMs?, status?, errorCode?";

    public static IEnumerable<ControlCall> All =>
    [
        ControlCall.Plain("POST", "faults", Rule, $"Arms a fault. Kinds: {string.Join(", ", Enum.GetNames<FaultKind>().Select(JsonNamingPolicy.CamelCase.ConvertName))}.", Add),
        ControlCall.Plain("GET", "faults", "", "Faults that can still be played.", r => JsonSerializer.SerializeToNode(r.Simulator.Faults.Rules, ControlJson.Options)),
        ControlCall.Plain("DELETE", "faults", "", "Disarms all faults.", r =>
        {
            r.Simulator.Faults.Clear();
            return null;
        }),
        ControlCall.Plain("POST", "interventions", "pattern, times?, addTags?[], removeTags?[], remark?, description?", "Before each such call takes effect, the member it is about edits the customer by hand, and that is called back.", Intervene),
        ControlCall.Plain("DELETE", "interventions", "", "Nobody intervenes any more.", r =>
        {
            r.Simulator.Interventions.Clear();
            return null;
        }),
        ControlCall.Plain("POST", "tokens/revoke", "app?", "Ends an app's present access token.", r =>
        {
            r.Simulator.RevokeToken(r.App);
            return null;
        }),
        ControlCall.Plain("GET", "rates", "", "Calls of each API, how many were refused, and the most in any 60 s and at once.", r => JsonSerializer.SerializeToNode(r.Simulator.Rates, ControlJson.Options)),
        ControlCall.Plain("DELETE", "rates", "", "Lifts blocks and bans.", r =>
        {
            r.Simulator.LiftLimits();
            return null;
        }),
        ControlCall.Plain("POST", "apps", "app?, addressTrusted? (false: 60020), customerApiAllowed? (false: 48002), secret? (the service's becomes wrong: 40001)", "Changes an app's rights.", r =>
        {
            r.App.AddressTrusted = r.Flag("addressTrusted") ?? r.App.AddressTrusted;
            if (r.Text("secret") is { Length: > 0 } secret) r.App.ChangeSecret(secret);
            r.App.CustomerApiAllowed = r.Flag("customerApiAllowed") ?? r.App.CustomerApiAllowed;
            return null;
        }),
        ControlCall.Plain("POST", "behaviour", "perMinute?, perHour?, window? (fixed, sliding), minuteBlockMs?, hourBlockMs?, callsProlongBlocks?, listConcurrency?, path? with concurrency?, tokensPerHour?, wrongSecrets?, apiLatencyMs?, groupLagMs?, groupEvents? (whole, joinedList, noList, noVersions), relationLagMs?, corpTags?, emptyFirstPages?", "Changes limits and lags.", Change),
    ];

    private static JsonObject? Add(ControlRequest r)
    {
        r.Simulator.Faults.Add(new FaultRule
        {
            Target = Parse<FaultTarget>(r.Need("target")),
            Kind = Parse<FaultKind>(r.Need("kind")),
            Pattern = r.Text("pattern") ?? "*",
            Times = r.Number("times"),
            Skip = r.Number("skip") ?? 0,
            Probability = r.Fraction("probability") ?? 1,
            Delay = r.Milliseconds("delayMs") ?? TimeSpan.Zero,
            Status = r.Number("status") ?? 502,
            ErrorCode = r.Number("errorCode") ?? -1,
        });
        return null;
    }

    private static JsonObject? Intervene(ControlRequest r)
    {
        var (add, remove, remark, description) = (r.Texts("addTags"), r.Texts("removeTags"), r.Text("remark"), r.Text("description"));
        r.Simulator.Interventions.Add(new Intervention
        {
            Pattern = r.Need("pattern"),
            Times = r.Number("times"),
            Act = call =>
            {
                if (call.UserId is not { } user || call.ExternalUserId is not { } customer || call.Corp.Customers.Relation(user, customer) is null) return;
                call.Corp.Customers.Edit(user, customer, relation => relation with
                {
                    TagIds = relation.TagIds.RemoveAll(id => remove.Contains(id) || add.Contains(id)).AddRange(add),
                    Remark = remark ?? relation.Remark,
                    Description = description ?? relation.Description,
                });
            },
        });
        return null;
    }

    private static JsonObject? Change(ControlRequest r)
    {
        var options = r.Simulator.Options;
        options.Limits.PerMinute = r.Number("perMinute") ?? options.Limits.PerMinute;
        options.Limits.PerHour = r.Number("perHour") ?? options.Limits.PerHour;
        options.Limits.Window = r.Text("window") is { } window ? Parse<RateWindowKind>(window) : options.Limits.Window;
        options.Limits.MinuteBlock = r.Milliseconds("minuteBlockMs") ?? options.Limits.MinuteBlock;
        options.Limits.HourBlock = r.Milliseconds("hourBlockMs") ?? options.Limits.HourBlock;
        options.Limits.CallsProlongBlocks = r.Flag("callsProlongBlocks") ?? options.Limits.CallsProlongBlocks;
        if (r.Number("concurrency") is { } concurrency) options.Limits.Concurrency[r.Need("path")] = concurrency;
        options.Limits.ListConcurrency = r.Number("listConcurrency") ?? options.Limits.ListConcurrency;
        options.Limits.TokensPerHour = r.Number("tokensPerHour") ?? options.Limits.TokensPerHour;
        options.Limits.WrongSecrets = r.Number("wrongSecrets") ?? options.Limits.WrongSecrets;
        options.ApiLatency = r.Milliseconds("apiLatencyMs") ?? options.ApiLatency;
        options.GroupLag = r.Milliseconds("groupLagMs") ?? options.GroupLag;
        options.GroupEvents = r.Text("groupEvents") is { } form ? Parse<GroupEventForm>(form) : options.GroupEvents;
        options.Limits.CorpTags = r.Number("corpTags") ?? options.Limits.CorpTags;
        options.RelationLag = r.Milliseconds("relationLagMs") ?? options.RelationLag;
        options.EmptyFirstPages = r.Flag("emptyFirstPages") ?? options.EmptyFirstPages;
        return null;
    }

    private static T Parse<T>(string text)
        where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value)
            ? value
            : throw new ControlException($"{text} is none of {string.Join(", ", Enum.GetNames<T>())}.");
}
