using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;
using WecomBridge.Operations;
using WecomBridge.Routing;
using WecomBridge.Tests.Contracts;
using WecomBridge.Welcome;

namespace WecomBridge.Tests.Docs;

/// <summary>The settings files that the README shows are ones that the service starts with.</summary>
public sealed class ShownSettingsTests
{
    private static readonly IReadOnlyList<string> Shown = MarkdownPages.Blocks(RepositoryFiles.PathOf("README.md"), "json");

    public ShownSettingsTests()
    {
        Environment.SetEnvironmentVariable("ACME_SECRET", "secret");
        Environment.SetEnvironmentVariable("ACME_TOKEN", "token");
        Environment.SetEnvironmentVariable("ACME_AES_KEY", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C");
        Environment.SetEnvironmentVariable("CRM_TOKEN", "crm-token");
        Environment.SetEnvironmentVariable("BROKER_URI", "amqp://localhost:5672/");
        Environment.SetEnvironmentVariable("STATE_CONNECTION", "Host=localhost;Username=bridge;Database=bridge");
    }

    [Fact]
    public async Task The_file_for_a_real_corp_is_valid()
    {
        await using var app = Start(Shown[0]);

        app.Services.GetRequiredService<IOptions<WecomOptions>>().Value.Find("acme", "contact").ShouldNotBeNull();
        app.Services.GetRequiredService<IOptions<WelcomeOptions>>().Value.Rules.Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_files_for_RabbitMQ_and_PostgreSQL_are_valid_together()
    {
        Shown.Count.ShouldBe(2);
        await using var app = Start(Shown[0], Shown[1]);

        app.Services.GetRequiredService<IOptions<RoutingOptions>>().Value.Subscribers.ShouldContainKey("sales");
    }

    [Fact]
    public void Faults_of_several_sections_are_reported_together()
    {
        using var folder = new SettingsFolder();
        var settings = folder.Read([Shown[0]]);
        settings["Wecom:Corps:acme:CorpId"] = "";
        settings["Callbacks:MaxBodyBytes"] = "1";
        settings["Work:Concurrency"] = "0";

        var faults = Should.Throw<SettingsException>(() => ServiceHost.Build(settings, "Production")).Faults.Select(fault => fault.ToString()).ToList();

        string.Join(' ', faults).ShouldSatisfyAllConditions(all => all.ShouldContain("CorpId"), all => all.ShouldContain("MaxBodyBytes"), all => all.ShouldContain("Concurrency"));
        faults.ShouldBeUnique();
    }

    private static WebApplicationUnderTest Start(params string[] files)
    {
        var folder = new SettingsFolder();
        var app = ServiceHost.Build(folder.Read(files), "Production");
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        return new WebApplicationUnderTest(app, folder);
    }

    private sealed class WebApplicationUnderTest(Microsoft.AspNetCore.Builder.WebApplication app, SettingsFolder folder) : IAsyncDisposable
    {
        public IServiceProvider Services => app.Services;

        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            folder.Dispose();
        }
    }
}
