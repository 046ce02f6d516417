using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using WecomBridge.Broker;
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
    TimeProvider time,
    ILogger<RoutingKeeper> logger) : BackgroundService
{
    private const string SettlingFault = "settling";
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);
    private IConnection? _connection;
    private RoutingSnapshot? _settled;

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
            catch (Exception failure) when (failure is RabbitMQClientException or IOException or TimeoutException or ObjectDisposedException || (failure is OperationCanceledException && !stoppingToken.IsCancellationRequested))
            {
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
        if (snapshot != _settled) await SettleAsync(channel, snapshot, cancellationToken);
        await watch.LookAsync(queue => channel.FindQueueAsync(queue, cancellationToken), snapshot, publisher.AverageBytes);
    }

    private async Task SettleAsync(AdminChannel channel, RoutingSnapshot snapshot, CancellationToken cancellationToken)
    {
        try
        {
            var plan = await planner.PlanAsync(channel, snapshot, cancellationToken);
            await planner.ApplyAsync(channel, snapshot, plan, declare: false, cancellationToken);
            _settled = snapshot;
            faults.Clear(SettlingFault);
            logger.BindingsSettled(plan.Bind.Count, plan.Unbind.Count, plan.SetPolicies.Count);
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
