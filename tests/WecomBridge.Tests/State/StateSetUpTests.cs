using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using WecomBridge.State;
using WecomBridge.Work;

namespace WecomBridge.Tests.State;

public class StateSetUpTests
{
    [Fact]
    public async Task The_service_starts_with_state_set_up_and_the_runner_at_work()
    {
        await using var state = StateFile.CreateEmpty();
        using var host = Build(new() { ["State:ConnectionString"] = $"Data Source={state.Path}" });
        await host.StartAsync(CancellationToken.None);
        var version = await host.Services.GetRequiredService<IStateDatabase>().ReadAsync(
            session => session.FindAsync<long>("SELECT MAX(version) FROM schema_version"), CancellationToken.None);
        version.ShouldBe(StateMigrator.KnownVersion);
        await host.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Every_wrong_setting_is_named_at_the_start()
    {
        using var host = Build(new() { ["State:ConnectionString"] = "Data Source=:memory:", ["Work:Concurrency"] = "0" });
        var refusal = await Should.ThrowAsync<AggregateException>(host.StartAsync(CancellationToken.None));
        refusal.Flatten().InnerExceptions.ShouldAllBe(fault => fault is OptionsValidationException);
        refusal.Message.ShouldContain("State:ConnectionString");
        refusal.Message.ShouldContain("Concurrency");
    }

    [Fact]
    public async Task A_database_that_is_away_does_not_hold_up_the_start_and_is_set_up_when_it_is_back()
    {
        await using var file = StateFile.CreateEmpty();
        var state = new FlakyState(file) { IsAway = true };
        var time = new ManualTimeProvider();
        using var host = Build([], state, time);
        await host.StartAsync(CancellationToken.None);
        state.Refused.ShouldBeGreaterThan(0);

        state.IsAway = false;
        for (var n = 0; !await IsSetUpAsync(file); n++)
        {
            n.ShouldBeLessThan(3000, "it was not set up in time");
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5);
        }

        await host.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_database_of_a_later_program_stops_the_start()
    {
        await using var state = await StateFile.CreateAsync();
        await state.WriteAsync(session => session.ExecuteAsync("INSERT INTO schema_version VALUES (9999, 0)"));
        using var host = Build([], state, TimeProvider.System);
        await Should.ThrowAsync<StateTooNewException>(host.StartAsync(CancellationToken.None));
    }

    private static IHost Build(Dictionary<string, string?> settings, IStateDatabase? state = null, TimeProvider? time = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddState();
        builder.Services.AddWork(run: true);
        if (state is not null) builder.Services.AddSingleton(state);
        return builder.Build();
    }

    private static async Task<bool> IsSetUpAsync(StateFile state)
    {
        try
        {
            return await state.ReadAsync(session => session.FindAsync<long>("SELECT COUNT(*) FROM schema_version")) > 0;
        }
        catch (StateUnavailableException)
        {
            return false;
        }
    }
}
