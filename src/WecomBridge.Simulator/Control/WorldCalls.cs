using System.Text.Json;
using System.Text.Json.Nodes;
using WecomBridge.Simulator.Crm;
using WecomBridge.Simulator.Traffic;

namespace WecomBridge.Simulator.Control;

/// <summary>Control calls that fill the world and read it.</summary>
internal static class WorldCalls
{
    public static IEnumerable<ControlCall> All =>
    [
        ControlCall.Plain("POST", "population", "staff?, customers?, knownToCrm? (0 to 1)", "Fills a corp with people, some of them known to the CRM.", r =>
        {
            var people = Population.Generate(r.Simulator, r.Corp, new PopulationSize
            {
                Staff = r.Number("staff") ?? 5,
                Customers = r.Number("customers") ?? 50,
                KnownToCrm = r.Fraction("knownToCrm") ?? 0.5,
            });
            return new JsonObject { ["staff"] = people.Staff.Count, ["customers"] = people.Customers.Count };
        }),
        new("POST", "traffic", "perSecond?, seconds?, states?[]", "Lets customers add members at random; answers at the end.", async r =>
        {
            var plan = new TrafficPlan
            {
                AddsPerSecond = r.Fraction("perSecond") ?? 5,
                Duration = TimeSpan.FromSeconds(r.Number("seconds") ?? 10),
                States = r.Texts("states") is { Count: > 0 } states ? states : ["store-1", "expo", ""],
            };
            var happenings = await TrafficDriver.RunAsync(r.Corp, plan, r.Simulator.Seed, r.Stopped).ConfigureAwait(false);
            return new JsonObject { ["adds"] = happenings.Count, ["acknowledged"] = r.Simulator.Ledger.Acknowledged.Count };
        }),
        ControlCall.Plain("PUT", "crm/customers", "id, name, level?, mobile?, unionId?, externalUserId?, memberNumber?, owner?, status?, channel?, tags?[]", "Makes a customer known to the CRM.", r =>
        {
            r.Simulator.Crm.Put(r.As<CrmCustomer>());
            return null;
        }),
        ControlCall.Plain("GET", "state", "corp?", "Members, customers, relations, tags and groups as they are.", State),
        ControlCall.Plain("GET", "ledger", "type? (callback, api, welcome, tagMark, tagDefinition, remark, staffMessage, object, media, crm), after? (sequence)", "What was sent and received.", Ledger),
    ];

    private static JsonNode? State(ControlRequest r) => JsonSerializer.SerializeToNode(
        new
        {
            r.Corp.CorpId,
            r.Corp.Staff,
            Customers = r.Corp.Customers.All,
            r.Corp.Customers.Relations,
            TagGroups = r.Corp.Tags.Groups,
            Groups = r.Corp.Groups.All,
            Crm = r.Simulator.Crm.Customers,
        },
        ControlJson.Options);

    private static JsonArray Ledger(ControlRequest r)
    {
        var (type, after) = (r.Text("type"), r.Number("after") ?? 0);
        return new JsonArray([.. r.Simulator.Ledger.Entries.Where(e => e.Sequence > after && (type is null || ControlJson.KindOf(e) == type)).Select(ControlJson.Entry)]);
    }
}
