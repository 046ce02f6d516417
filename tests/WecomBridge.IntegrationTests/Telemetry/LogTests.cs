using System.Text.Json;
using WecomBridge.IntegrationTests.Servers;

namespace WecomBridge.IntegrationTests.Telemetry;

/// <summary>Logs for machines: the service as a process, with the settings that the image has.</summary>
public sealed class LogTests
{
    [Fact]
    public async Task With_one_setting_every_line_is_JSON_and_each_message_has_its_wide_line()
    {
        await using var world = await World.StartAsync();
        var settings = world.Settings(more:
        [
            ("Logging:LogLevel:Default", "Information"), ("Logging:LogLevel:WecomBridge", "Information"), ("Logging:LogLevel:Microsoft.AspNetCore", "Warning"),
            ("Logging:Console:FormatterName", "json"), ("Logging:Console:FormatterOptions:IncludeScopes", "true"), ("Logging:Console:FormatterOptions:UseUtcTimestamp", "true"), ("Logging:Console:FormatterOptions:TimestampFormat", "yyyy-MM-ddTHH:mm:ss.fffZ"),
        ]);
        var bridge = await world.StartBridgeProcessAsync(settings);
        using var poster = new CallbackPoster();
        var edit = CallbackPoster.Contact("edit_external_contact", "zhang01", "wm1LOGGED", 1700000000);

        (await poster.PostAsync(world.Port, edit)).ShouldBeTrue();

        await Eventually.BecomesTrueAsync("two consumers have handled the event", () => Lines(bridge).Count(line => line.GetProperty("EventId").GetInt32() == 6080) >= 2);
        var handled = Lines(bridge).Where(line => line.GetProperty("EventId").GetInt32() == 6080).Select(line => line.GetProperty("State")).ToList();
        handled.Select(state => state.GetProperty("Queue").GetString()).Order().ShouldBe(["wecom.work.profiles", "wecom.work.tags"]);
        handled.ShouldAllBe(state => state.GetProperty("EventId").GetString() == CallbackPoster.IdOf(edit) && state.GetProperty("Type").GetString() == "com.wecombridge.customer.edited.v1");
        handled.ShouldAllBe(state => state.GetProperty("Outcome").GetString() == "done" && state.GetProperty("Attempt").ToString() == "1" && double.Parse(state.GetProperty("DurationMs").ToString()) >= 0);
        bridge.Output.ShouldNotContain("wm1LOGGED");
    }

    /// <summary>All whole lines; one that is no JSON throws.</summary>
    private static List<JsonElement> Lines(BridgeProcess bridge)
    {
        var output = bridge.Output;
        return [.. output[..(output.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
