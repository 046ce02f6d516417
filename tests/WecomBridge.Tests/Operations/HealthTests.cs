using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using WecomBridge.Operations;
using WecomBridge.Tests.Docs;

namespace WecomBridge.Tests.Operations;

/// <summary>What the health pages of a whole service mean, and what the verb makes of them.</summary>
public sealed class HealthTests : IAsyncLifetime
{
    private readonly SettingsFolder _folder = new();
    private readonly HttpClient _http = new();
    private WebApplication? _app;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task All_three_pages_are_healthy_once_the_service_has_started()
    {
        await StartAsync();

        (await GetAsync("/health/live")).ShouldBe((HttpStatusCode.OK, "Healthy"));
        (await GetAsync("/health/startup")).ShouldBe((HttpStatusCode.OK, "Healthy"));
        (await GetAsync("/health/ready")).ShouldBe((HttpStatusCode.OK, "Healthy"));
        (await AskAsync("health", "--url", Address("/health/ready").ToString())).ShouldBe(0);
    }

    [Fact]
    public async Task A_broker_that_is_away_is_degraded_and_takes_callbacks()
    {
        await StartAsync(("Broker:Transport", "RabbitMq"), ("Broker:Uri", "amqp://127.0.0.1:1/"));

        (await GetAsync("/health/ready")).ShouldBe((HttpStatusCode.OK, "Degraded"));
        (await AskAsync("health", "--url", Address("/health/ready").ToString())).ShouldBe(0);
    }

    [Fact]
    public async Task Where_nothing_can_be_made_durable_the_service_is_unready_and_lives()
    {
        await StartAsync();
        _app!.Services.GetRequiredService<BrokenCheck>().Status = HealthStatus.Unhealthy;

        (await GetAsync("/health/ready")).ShouldBe((HttpStatusCode.ServiceUnavailable, "Unhealthy"));
        (await GetAsync("/health/live")).ShouldBe((HttpStatusCode.OK, "Healthy"));
        (await AskAsync("health", "--url", Address("/health/ready").ToString())).ShouldBe(HealthVerb.Unready);
        (await GetAsync("/health", operations: true)).ShouldBe((HttpStatusCode.ServiceUnavailable, "Unhealthy"));
    }

    [Fact]
    public async Task The_operators_page_shows_every_check_without_the_text_of_failures()
    {
        await StartAsync();
        _app!.Services.GetRequiredService<BrokenCheck>().Breaks = true;

        var body = await _http.GetStringAsync(new Uri(_app.Services.GetRequiredService<OperationsServer>().Address!, "/metrics"));
        using var answer = await _http.GetAsync(new Uri(_app.Services.GetRequiredService<OperationsServer>().Address!, "/health"));
        var page = await answer.Content.ReadAsStringAsync();

        body.ShouldContain("wecombridge_spool_writable 1");
        page.ShouldNotContain("private text");
        using var json = JsonDocument.Parse(page);
        var checks = json.RootElement.GetProperty("checks");
        new[] { "durable", "work", "calls", "crm", "tags", "startup", "broken" }.Where(name => !checks.TryGetProperty(name, out _)).ShouldBeEmpty();
        checks.GetProperty("broken").GetProperty("what").GetString().ShouldBe("the check failed: InvalidOperationException");
        checks.GetProperty("durable").GetProperty("decidesReadiness").GetBoolean().ShouldBeTrue();
        checks.GetProperty("startup").GetProperty("decidesReadiness").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData(null, "http://localhost:5000/health/ready")]
    [InlineData("http://0.0.0.0:8080;https://*:8443", "http://127.0.0.1:8080/health/ready")]
    [InlineData("http://*:8080", "http://localhost:8080/health/ready")]
    [InlineData("http://[::]:8080/", "http://[::1]:8080/health/ready")]
    public void The_verb_finds_the_page_of_the_service_it_shares_settings_with(string? urls, string page) => HealthVerb.PageOf(urls).ToString().ShouldBe(page);

    [Fact]
    public async Task Nobody_at_the_address_is_unready_too() => (await AskAsync("health", "--url", "http://127.0.0.1:1/health/ready")).ShouldBe(HealthVerb.Unready);

    private async Task StartAsync(params (string Key, string Value)[] more)
    {
        var settings = _folder.Read([]);
        (settings["urls"], settings["Operations:Url"]) = ("http://127.0.0.1:0", "http://127.0.0.1:0");
        foreach (var (key, value) in more) settings[key] = value;
        _app = ServiceHost.Build(settings, "Production", builder =>
        {
            builder.Services.AddSingleton<BrokenCheck>();
            builder.Services.AddHealthChecks().AddCheck<BrokenCheck>("broken", tags: [HealthEndpoints.Ready]);
        });
        await _app.StartAsync();
    }

    private Uri Address(string path) => new(new Uri(_app!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), path);

    private async Task<(HttpStatusCode Code, string? Status)> GetAsync(string path, bool operations = false)
    {
        using var answer = await _http.GetAsync(operations ? new Uri(_app!.Services.GetRequiredService<OperationsServer>().Address!, path) : Address(path));
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (answer.StatusCode, json.RootElement.GetProperty("status").GetString());
    }

    private static async Task<int> AskAsync(params string[] arguments) =>
        await Verbs.Root().Parse(arguments).InvokeAsync(new System.CommandLine.InvocationConfiguration { Output = TextWriter.Null, Error = TextWriter.Null });

    /// <summary>A check that a test turns.</summary>
    private sealed class BrokenCheck : IHealthCheck
    {
        public HealthStatus Status { get; set; } = HealthStatus.Healthy;

        public bool Breaks { get; set; }

        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Breaks ? throw new InvalidOperationException("private text") : Task.FromResult(new HealthCheckResult(Status));
    }
}
