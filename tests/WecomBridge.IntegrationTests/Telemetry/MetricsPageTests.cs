using System.Diagnostics;
using System.Text.RegularExpressions;
using WecomBridge.IntegrationTests.Interop;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Operations;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.IntegrationTests.Telemetry;

/// <summary><c>/metrics</c> of a whole service, checked by Prometheus' own tool.</summary>
public sealed partial class MetricsPageTests(RabbitServer rabbit)
{
    private const string Reader = "reader-token-0123456789";

    [Fact]
    public async Task Prometheus_finds_nothing_wrong_and_every_step_of_a_callback_is_counted()
    {
        Tool.Require(Tool.Works("promtool", "--version"), "promtool (Debian package prometheus)");
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        var bridge = await world.StartBridgeAsync(world.Settings(more: [("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()), ("Operations:Url", "http://127.0.0.1:0")]));
        using var http = new HttpClient { BaseAddress = bridge.Get<OperationsServer>().Address };
        var corp = world.WecomCorp;
        corp.Put(new SimulatedStaff("zhang01", "CANARY-STAFF"));
        corp.Customers.Put(new SimulatedCustomer("wm1METERED", "CANARY-NAME") { UnionId = "oMETERED" });
        (await corp.Customers.Add("zhang01", "wm1METERED", new AddDetails { State = "store-1" }).Delivered).ShouldAllBe(outcome => outcome.Acknowledged);
        using var poster = new CallbackPoster();
        var twice = CallbackPoster.Contact("edit_external_contact", "zhang01", "wm1METERED", 1700000000);
        (await poster.PostAsync(world.Port, twice), await poster.PostAsync(world.Port, twice)).ShouldBe((true, true));
        using (var refused = await http.PostAsync($"{World.CallbackUrl(world.Port)}?msg_signature=0&timestamp=1&nonce=2", new StringContent("<xml><Encrypt>AAAA</Encrypt></xml>"))) ((int)refused.StatusCode).ShouldBe(403);

        var page = "";
        string[] expected =
        [
            "wecombridge_callbacks_received_total{app=\"contact\",corp=\"acme\"}", "wecombridge_callbacks_acknowledged_total{app=\"contact\",corp=\"acme\",event=\"customer.added\",key=\"0\"} 1", "wecombridge_callbacks_repeated_total{app=\"contact\",corp=\"acme\"} 1",
            "wecombridge_callbacks_refused_total{reason=\"signature\"} 1", "wecombridge_callback_answer_duration_seconds_count{outcome=\"acknowledged\"}", "wecombridge_welcome_greetings_total{outcome=\"sent\"} 1", "wecombridge_tags_writes_total{action=\"add\"} 1",
            "messaging_client_sent_messages_total{messaging_destination_name=\"wecom.events\",messaging_operation_name=\"publish\",messaging_system=\"rabbitmq\"}", "messaging_process_duration_seconds_bucket{messaging_destination_name=\"wecom.work.tags\"",
            "wecombridge_broker_ready 1", "wecombridge_broker_direct 1", "wecombridge_spool_messages{lane=\"event\"} 0", "wecombridge_work_items{lane=\"tags\",state=\"parked\"} 0", "wecombridge_wecom_budget_left{api=\"externalcontact/mark_tag\"", "wecombridge_crm_calls_total{kind=\"questions\",outcome=\"ok\"}",
            "dotnet_process_cpu_time_seconds_total", "dotnet_process_memory_working_set_bytes", "http_server_request_duration_seconds_bucket",
        ];
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(20) && !expected.All(page.Contains); await Task.Delay(200)) page = await http.GetStringAsync("/metrics");
        expected.Where(line => !page.Contains(line, StringComparison.Ordinal)).ShouldBeEmpty();

        var (code, output) = await CheckAsync(page);
        output.Trim().ShouldBe("");
        code.ShouldBe(0);
        string[] canaries = ["CANARY", "wm1METERED", "zhang01", World.Secret, World.Token, World.AesKey, World.CrmToken, "access_token", .. world.WelcomeCodes];
        canaries.Where(page.Contains).ShouldBeEmpty();
        Series().Count(page).ShouldBeLessThan(3000);
    }

    [Fact]
    public async Task Beyond_loopback_a_token_is_needed()
    {
        await using var world = await World.StartAsync();
        var bridge = await world.StartBridgeAsync(world.Settings(more: [("Operations:Url", "http://0.0.0.0:0"), ("Operations:Tokens:prometheus:Token", Reader)]));
        using var http = new HttpClient();
        var page = new Uri($"http://127.0.0.1:{bridge.Get<OperationsServer>().Address!.Port}/metrics");

        ((int)(await http.GetAsync(page)).StatusCode).ShouldBe(401);
        http.DefaultRequestHeaders.Authorization = new("Bearer", Reader);
        (await http.GetStringAsync(page)).ShouldContain("wecombridge_spool_writable 1");
    }

    private static async Task<(int Code, string Output)> CheckAsync(string page)
    {
        using var promtool = Process.Start(new ProcessStartInfo("promtool", ["check", "metrics"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await promtool.StandardInput.WriteAsync(page);
        promtool.StandardInput.Close();
        var output = await promtool.StandardOutput.ReadToEndAsync() + await promtool.StandardError.ReadToEndAsync();
        await promtool.WaitForExitAsync();
        return (promtool.ExitCode, output);
    }

    [GeneratedRegex("^[^#]", RegexOptions.Multiline, 1000)]
    private static partial Regex Series();
}
