using RabbitMQ.Client;
using WecomBridge.Broker;
using WecomBridge.Operations;
using WecomBridge.State;

namespace WecomBridge.Routing;

/// <summary>Keeps bindings and limits what the settings say, and an eye on subscribers' queues, over a connection of its own. Publishing never waits for it.</summary>
internal sealed class RoutingKeeper(
    RabbitConnectionFactory factory,
    RabbitPublisher publisher,
    RoutingTable table,
    SubscriptionPlanner planner,
    SubscriberFaults faults,
    SubscriberWatch watch,
    IConfiguration configuration,
    TimeProvider time,
    ILogger<RoutingKeeper> logger) : BackgroundService
{
    private const string SettlingFault = "settling";
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    /// <summary>Another instance, with other settings, may have unbound what this one needs.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);
    private IConnection? _connection;
    private RoutingSnapshot? _settled;
    private DateTimeOffset _settledAt;
    private bool _hasUnbound = !Roles.Read(configuration).Contains(Role.Intake);

    public override void Dispose()
    {
        _connection?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (publisher.Ready) await LookAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever broker or management address did, publishing goes on, and the next round looks anew.
                logger.WatchInterrupted(failure.GetType().Name);
                await DropAsync();
            }

            await Task.Delay(Round, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await DropAsync();
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (_connection is not { IsOpen: true })
        {
            await DropAsync();
            _connection = await factory.Create("wecombridge routing").CreateConnectionAsync(cancellationToken);
        }

        await using var channel = new AdminChannel(_connection);
        var snapshot = table.Current;
        if (snapshot != _settled || time.GetUtcNow() - _settledAt > Again) await SettleAsync(channel, cancellationToken);
        await watch.LookAsync(queue => channel.FindQueueAsync(queue, cancellationToken), snapshot, publisher.AverageBytes);
    }

    private async Task SettleAsync(AdminChannel channel, CancellationToken cancellationToken)
    {
        using var turn = await table.TakeTurnAsync(cancellationToken);
        var snapshot = table.Current;
        try
        {
            var plan = await planner.PlanAsync(channel, snapshot, cancellationToken);

            // What an earlier settings file asked for goes once, when an instance starts that takes callbacks; later, what it does not know may be what a newer instance beside it has bound.
            if (_hasUnbound) plan = plan with { Unbind = [.. plan.Unbind.Where(table.Former.Contains)] };
            await planner.ApplyAsync(channel, snapshot, plan, declare: false, cancellationToken);
            if (snapshot != _settled) logger.BindingsSettled(plan.Bind.Count, plan.Unbind.Count, plan.SetPolicies.Count);
            (_settled, _settledAt, _hasUnbound) = (snapshot, time.GetUtcNow(), true);
            faults.Clear(SettlingFault);
        }
        catch (Exception away) when (away is StateUnavailableException or ManagementUnavailableException)
        {
            // Everything asked for is bound already; only what was taken out of the settings, and limits, have to wait.
            var fault = $"Bindings and limits of subscribers are not yet as the settings say; tried again: {away.Message}";
            if (faults.Set(SettlingFault, fault)) logger.SubscriberInTrouble(fault);
        }
    }

    /// <summary>After an outage everything is looked at anew.</summary>
    private async Task DropAsync()
    {
        if (_connection is not { } connection) return;
        (_connection, _settled) = (null, null);
        try
        {
            await connection.AbortAsync(TimeSpan.FromMilliseconds(500));
            await connection.DisposeAsync();
        }
        catch (Exception failure)
        {
            // A connection that cannot even be aborted is gone all the same.
            logger.WatchInterrupted(failure.GetType().Name);
        }
    }
}
