using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator.Crm;
using WecomBridge.Simulator.Faults;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.IntegrationTests.Flow;

/// <summary>Nothing private leaks: canary values go through everything, well and badly, and are searched for in every log line, event, header and dead letter.</summary>
public sealed class PrivacyTests(RabbitServer rabbit)
{
    private const string Name = "CANARY-NAME-小红";
    private const string CrmName = "CANARY-CRM-NAME";
    private const string Mobile = "13812345678";

    [Fact]
    public async Task No_secret_code_name_or_mobile_leaves_by_log_event_header_or_error()
    {
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        var bridge = await world.StartBridgeAsync(world.Settings(more: [("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()), ("Logging:LogLevel:Default", "Trace")]));
        await using var events = await Subscriber.BindAsync(broker, Exchanges.Events, "#");
        await using var profiles = await Subscriber.BindAsync(broker, Exchanges.Profiles, "#");
        await using var unrecognized = await Subscriber.OfQueueAsync(broker, Topology.UnrecognizedQueue);
        await using var letters = await Subscriber.OfQueueAsync(broker, Topology.DeadLettersOf(Topology.ProfilesQueue));
        using var poster = new CallbackPoster();
        var corp = world.WecomCorp;
        corp.Put(new SimulatedStaff("zhang01", "CANARY-STAFF"));
        world.Simulator.Crm.Put(new CrmCustomer("c-1", CrmName) { Level = "gold", Mobile = Mobile });

        foreach (var kind in (FaultKind[])[FaultKind.ServerError, FaultKind.TruncatedJson, FaultKind.Drop, FaultKind.AnswerLost])
            world.Simulator.Faults.Add(new FaultRule { Target = FaultTarget.Api, Pattern = "externalcontact/*", Kind = kind, Times = 2 });
        foreach (var kind in (FaultKind[])[FaultKind.ServerError, FaultKind.TruncatedJson])
            world.Simulator.Faults.Add(new FaultRule { Target = FaultTarget.Crm, Kind = kind, Times = 1 });
        foreach (var n in Enumerable.Range(0, 4))
        {
            corp.Customers.Put(new SimulatedCustomer($"wm{n}", Name) { Mobile = Mobile });
            (await corp.Customers.Add("zhang01", $"wm{n}", new AddDetails { State = "store-1" }).Delivered).ShouldAllBe(outcome => outcome.Acknowledged);
        }

        await corp.Customers.Edit("zhang01", "wm0", relation => relation with { RemarkMobiles = [Mobile], Description = Name }).Delivered;
        (await poster.PostAsync(world.Port, $"<xml><CreateTime>1700000000</CreateTime><MsgType>event</MsgType><Event>change_contact</Event><ChangeType>create_user</ChangeType><UserID>u1</UserID><Name>{Name}</Name><Mobile>{Mobile}</Mobile><Department>1</Department></xml>")).ShouldBeTrue();
        (await poster.PostAsync(world.Port, $"<xml><CreateTime>1700000000</CreateTime><MsgType>event</MsgType><Event>brand_new</Event><Name>{Name}</Name><Mobile>{Mobile}</Mobile><WelcomeCode>CANARY-CODE</WelcomeCode></xml>")).ShouldBeTrue();
        (await poster.PostAsync(world.Port, $"<xml><FromUserName>u1</FromUserName><CreateTime>1700000000</CreateTime><MsgType>text</MsgType><Content>{Name} {Mobile}</Content><MsgId>1</MsgId></xml>")).ShouldBeTrue();
        (await poster.PostAsync(world.Port, $"not xml {Name} {Mobile}")).ShouldBeTrue();

        await letters.PublishAsync(Topology.ProfilesQueue, $$"""{"type":"com.wecombridge.customer.added.v1","data":"{{Name}} {{Mobile}}"}""");
        await Eventually.BecomesTrueAsync("the poison is in the dead letters", () => !letters.Messages.IsEmpty);

        await Eventually.BecomesTrueAsync("greetings", () => world.Simulator.Ledger.AcceptedWelcomes.Count >= 3);
        await Eventually.BecomesTrueAsync("the CRM's facts on their own exchange", () => profiles.Messages.Any(message => message.Body.Contains(CrmName, StringComparison.Ordinal)));
        await Eventually.BecomesTrueAsync("both originals are kept", () => unrecognized.Messages.Count == 2);

        string[] canaries = [Name, CrmName, "CANARY-STAFF", Mobile, "CANARY-CODE", World.Secret, World.Token, World.AesKey, World.CrmToken, .. world.WelcomeCodes];
        canaries.Length.ShouldBeGreaterThan(10);
        var seen = events.Messages.Concat(unrecognized.Messages).Select(message => message.Body + string.Join(' ', message.Headers.Values) + message.RoutingKey)
            .Concat(letters.Messages.Select(message => string.Join(' ', message.Headers.Values)));
        bridge.Log.Lines.Count.ShouldBeGreaterThan(100);
        events.Messages.Count.ShouldBeGreaterThan(10);
        foreach (var canary in canaries)
        {
            bridge.Log.Lines.Where(line => line.Contains(canary, StringComparison.Ordinal)).ShouldBeEmpty($"in the log: {canary}");
            seen.Where(text => text.Contains(canary, StringComparison.Ordinal)).ShouldBeEmpty($"on the bus: {canary}");
        }
    }
}
