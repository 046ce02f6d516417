using System.Text.Json;
using WecomBridge.Contracts;
using WecomBridge.IntegrationTests.Servers;

namespace WecomBridge.IntegrationTests.Interop;

/// <summary>Callbacks made by WeCom's own library for Node, events read by a Python client.</summary>
public sealed class OtherHandsTests(RabbitServer rabbit)
{
    [Fact]
    public async Task Callbacks_encrypted_by_wecom_crypto_are_taken_and_our_verification_satisfies_it()
    {
        Tool.Require(Tool.Works("node", "--version") && Directory.Exists(Path.Combine(Tool.Folder, "node", "node_modules", "@wecom", "crypto")), "Node with @wecom/crypto");
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        await world.StartBridgeAsync(world.Settings(more: [("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()), ("Roles:0", "Intake")]));
        await using var subscriber = await Subscriber.BindAsync(broker, Exchanges.Events, "v1.#");
        string[] plaintexts =
        [
            CallbackPoster.Contact("add_external_contact", "zhang01", "wm1", 1_700_000_000, "<State><![CDATA[渠道A 😀]]></State>"),
            CallbackPoster.Contact("del_follow_user", "zhang01", "wm1", 1_700_000_001),
            "<xml><MsgType>event</MsgType><Event>who_knows</Event><CreateTime>1700000002</CreateTime></xml>",
        ];

        using var node = Tool.Start("node", Path.Combine(Tool.Folder, "node", "callback.mjs"), World.CallbackUrl(world.Port).ToString(), World.Token, World.AesKey, World.CorpId);
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(plaintexts));
        node.StandardInput.Close();
        var output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        (await node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        var answer = JsonDocument.Parse(output).RootElement;

        var verified = answer.GetProperty("verified");
        verified.GetProperty("status").GetInt32().ShouldBe(200);
        verified.GetProperty("equal").GetBoolean().ShouldBeTrue();
        verified.GetProperty("ms").GetDouble().ShouldBeLessThan(1000);
        verified.GetProperty("withoutEcho").GetInt32().ShouldBe(400);
        answer.GetProperty("posted").EnumerateArray().ShouldAllBe(posted => posted.GetProperty("status").GetInt32() == 200 && posted.GetProperty("body").GetString() == "");
        await Eventually.BecomesTrueAsync("all three events", () => subscriber.Messages.Count == 3);
        subscriber.Of("customer.added").Single().Json.GetProperty("data").GetProperty("state").GetString().ShouldBe("渠道A 😀");
        subscriber.Messages.Select(message => message.MessageId).Order().ShouldBe(plaintexts.Select(CallbackPoster.IdOf).Order());
    }

    [Fact]
    public async Task A_Python_subscriber_binds_customer_events_and_reads_the_promised_attributes()
    {
        Tool.Require(Tool.Works("/usr/bin/python3", "-c", "import pika"), "Python with pika (Debian package python3-pika)");
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        await world.StartBridgeAsync(world.Settings(more: [("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()), ("Roles:0", "Intake")]));
        using var python = Tool.Start("/usr/bin/python3", Path.Combine(Tool.Folder, "python", "subscriber.py"), broker.ToString(), "2");
        (await python.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("{\"bound\": true}", await ErrorsAsync(python));

        using var poster = new CallbackPoster();
        var added = CallbackPoster.Contact("add_external_contact", "zhang01", "wm1", 1_700_000_000, "<State>store-1</State><WelcomeCode>CANARY-CODE-77</WelcomeCode>");
        (await poster.PostAsync(world.Port, "<xml><MsgType>event</MsgType><Event>msgaudit_notify</Event><CreateTime>1700000000</CreateTime></xml>")).ShouldBeTrue();
        (await poster.PostAsync(world.Port, added)).ShouldBeTrue();
        (await poster.PostAsync(world.Port, CallbackPoster.Contact("edit_external_contact", "zhang01", "wm1", 1_700_000_005))).ShouldBeTrue();

        var first = JsonDocument.Parse((await python.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!).RootElement;
        first.GetProperty("missing").GetArrayLength().ShouldBe(0);
        first.GetProperty("unequal").GetArrayLength().ShouldBe(0);
        first.GetProperty("routingKey").GetString()!.ShouldStartWith("v1.acme.customer.added.p");
        first.GetProperty("messageId").GetString().ShouldBe(CallbackPoster.IdOf(added));
        first.GetProperty("contentType").GetString().ShouldBe("application/cloudevents+json; charset=utf-8");
        first.GetProperty("deliveryMode").GetInt32().ShouldBe(2);
        first.GetProperty("appId").GetString().ShouldBe("wecombridge");
        first.GetProperty("timestamp").GetInt64().ShouldBe(1_700_000_000);
        var data = first.GetProperty("event").GetProperty("data");
        data.GetProperty("hasWelcomeCode").GetBoolean().ShouldBeTrue();
        data.GetProperty("state").GetString().ShouldBe("store-1");
        first.ToString().ShouldNotContain("CANARY-CODE-77");
        var second = JsonDocument.Parse((await python.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!).RootElement;
        second.GetProperty("type").GetString().ShouldBe("com.wecombridge.customer.edited.v1");
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);
        python.ExitCode.ShouldBe(0);
    }

    private static async Task<string> ErrorsAsync(System.Diagnostics.Process process) => process.HasExited ? await process.StandardError.ReadToEndAsync() : "";
}
