using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using WecomBridge.Operations;
using WecomBridge.Tests.Routing;

namespace WecomBridge.Tests.Operations;

public sealed class SettingsReloadTests : IDisposable, IReloadable
{
    private const string File = "settings.json";
    private readonly string _folder = Directory.CreateTempSubdirectory("wb-reload-").FullName;
    private readonly LiveSettings _live;
    private readonly SettingsReload _reload;
    private Dictionary<string, string?> _onDisk = RoutingOptionsTests.Settings();
    private bool _isUnreadable;
    private int _prepared;
    private int _applied;
    private Func<IReadOnlyList<string>> _answer = () => [];

    public SettingsReloadTests()
    {
        Touch();
        _live = new LiveSettings(_onDisk);
        var files = new SettingsFiles([Path.Combine(_folder, File)], () => _isUnreadable ? throw new InvalidDataException("settings.json is no JSON.") : _onDisk);
        _reload = new SettingsReload(_live, files, new HostingEnvironment { EnvironmentName = "Development" }, [this], TimeProvider.System, NullLogger<SettingsReload>.Instance);
    }

    [Fact]
    public async Task Changed_settings_are_taken_over_once_the_file_has_come_to_rest()
    {
        var told = 0;
        using var registration = Microsoft.Extensions.Primitives.ChangeToken.OnChange(_live.GetReloadToken, () => told++);
        await LookAsync();
        told.ShouldBe(0);
        Change("Welcome:SendWithin", "00:00:10");

        await _reload.LookAsync(default);
        _live.Current.Keys.ShouldNotContain("Welcome:SendWithin");
        await _reload.LookAsync(default);

        _live.Current["Welcome:SendWithin"].ShouldBe("00:00:10");
        (_prepared, _applied, told, _reload.Fault).ShouldBe((1, 1, 1, null));
        await LookAsync();
        _applied.ShouldBe(1);
    }

    [Theory]
    [InlineData("Welcome:SendWithin", "soon")]
    [InlineData("Welcome:SendWithin", "01:00:00")]
    [InlineData("Routing:Subscribers:sales:Partitions", "3")]
    [InlineData("Broker:Log:MaxBytes", "1")]
    [InlineData("Roles:0", "Nobody")]
    public async Task What_is_wrong_anywhere_is_refused_whole_and_said(string key, string value)
    {
        Change(key, value);
        Change("Welcome:LookUpWithin", "00:00:01");
        await LookAsync();

        _reload.Fault.ShouldNotBeNull().ShouldStartWith("The changed settings are refused, the old ones stay: ");
        _reload.Fault.ShouldContain(key.Split(':')[0]);
        _live.Current.Keys.ShouldNotContain("Welcome:LookUpWithin");
        _applied.ShouldBe(0);
    }

    [Fact]
    public async Task What_NET_reads_itself_and_cannot_read_is_refused_and_the_service_goes_on()
    {
        Change("Logging:LogLevel:Default", "Verbos");
        await LookAsync();

        _reload.Fault.ShouldNotBeNull().ShouldStartWith("The changed settings are refused, the old ones stay: ");
        _applied.ShouldBe(0);
    }

    [Fact]
    public async Task A_file_that_is_no_JSON_is_refused_and_a_mended_one_taken()
    {
        _isUnreadable = true;
        Touch();
        await LookAsync();
        _reload.Fault.ShouldNotBeNull().ShouldContain("no JSON");

        _isUnreadable = false;
        Change("Welcome:SendWithin", "00:00:10");
        await LookAsync();
        _reload.Fault.ShouldBeNull();
        _live.Current["Welcome:SendWithin"].ShouldBe("00:00:10");
    }

    [Fact]
    public async Task What_is_read_only_at_a_start_is_named_and_stays_as_it_was()
    {
        Change("Broker:Uri", "amqp://elsewhere/");
        Change("Tags:Groups:Channel:Owner", "Rule");
        Change("Tags:Groups:Channel:Tags:0", "Store");
        await LookAsync();

        _reload.Fault.ShouldNotBeNull().ShouldContain("Broker:Uri. Restart the service.");
        _live.Current.Keys.ShouldNotContain("Broker:Uri");
        _live.Current["Tags:Groups:Channel:Owner"].ShouldBe("Rule");
    }

    [Fact]
    public async Task Settings_that_only_fit_after_a_restart_are_refused_until_then()
    {
        foreach (var (key, value) in RoutingOptionsTests.Settings()) Change(key.Replace(":acme:", ":beta:", StringComparison.Ordinal), value);
        Change("Routing:Subscribers:sales:Corps:0", "beta");
        await LookAsync();

        _reload.Fault.ShouldNotBeNull().ShouldContain("Routing:Subscribers:sales:Corps 'beta' is not one of Wecom:Corps (acme)");
        _live.Current.Keys.ShouldNotContain("Routing:Subscribers:sales:Corps:0");
    }

    [Fact]
    public async Task A_part_that_objects_holds_everything_back_and_one_that_must_wait_is_asked_again()
    {
        _answer = () => ["the queue stands with another Retention"];
        Change("Welcome:SendWithin", "00:00:10");
        await LookAsync();
        _reload.Fault.ShouldNotBeNull().ShouldContain("another Retention");
        _live.Current.Keys.ShouldNotContain("Welcome:SendWithin");

        _answer = () => throw new ReloadPostponedException("the broker is away");
        Change("Welcome:SendWithin", "00:00:11");
        await LookAsync();
        _reload.Fault.ShouldBe("The changed settings wait: the broker is away");

        _answer = () => [];
        await _reload.LookAsync(default);
        _live.Current["Welcome:SendWithin"].ShouldBe("00:00:11");
        _reload.Fault.ShouldBeNull();
    }

    public void Dispose()
    {
        _reload.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    Task<IReadOnlyList<string>> IReloadable.PrepareAsync(IServiceProvider candidate, CancellationToken cancellationToken)
    {
        _prepared++;
        candidate.GetService<TimeProvider>().ShouldNotBeNull();
        return Task.FromResult(_answer());
    }

    Task IReloadable.ApplyAsync(CancellationToken cancellationToken)
    {
        _applied++;
        return Task.CompletedTask;
    }

    private void Change(string key, string? value)
    {
        _onDisk = new Dictionary<string, string?>(_onDisk, StringComparer.OrdinalIgnoreCase) { [key] = value };
        Touch();
    }

    private void Touch() => System.IO.File.WriteAllText(Path.Combine(_folder, File), Guid.NewGuid().ToString());

    private async Task LookAsync()
    {
        await _reload.LookAsync(default);
        await _reload.LookAsync(default);
    }
}
