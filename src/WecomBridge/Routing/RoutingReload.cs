using System.Text.Json;
using Microsoft.Extensions.Options;
using RabbitMQ.Client.Exceptions;
using WecomBridge.Broker;
using WecomBridge.Operations;
using WecomBridge.State;

namespace WecomBridge.Routing;

/// <summary>Takes new routing settings over: queues are declared ahead, then bindings and conditions change in one pause of publishing.</summary>
internal sealed class RoutingReload(RabbitConnectionFactory factory, RabbitPublisher publisher, RoutingTable table, IStateDatabase state, ILogger<RoutingReload> logger) : IReloadable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private RoutingSnapshot? _next;

    /// <exception cref="ReloadPostponedException">The broker is away.</exception>
    public async Task<IReadOnlyList<string>> PrepareAsync(IServiceProvider candidate, CancellationToken cancellationToken)
    {
        _next = table.SnapshotOf(candidate.GetRequiredService<IOptions<RoutingOptions>>().Value);
        if (IsSame(table.Current, _next)) return [];
        if (FindFixed(table.Current, _next) is { Count: > 0 } faults) return faults;

        return await WithChannelAsync(async channel =>
        {
            try
            {
                foreach (var queue in _next.Queues) await TopologyDeclarer.DeclareSubscriberAsync(channel, queue, table.LimitsArePolicies, cancellationToken);
                return (IReadOnlyList<string>)[];
            }
            catch (TopologyMismatchException mismatch)
            {
                return [mismatch.Message];
            }
        }, cancellationToken);
    }

    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        if (_next is not { } next) return;
        if (IsSame(table.Current, next))
        {
            table.Swap(next);
            return;
        }

        using var turn = await table.TakeTurnAsync(cancellationToken);
        var (bind, unbind) = (next.Bindings.Except(table.Current.Bindings).ToList(), table.Current.Bindings.Except(next.Bindings).ToList());
        await RememberAsync(bind, cancellationToken);
        await WithChannelAsync(async channel =>
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(LongestPause);
            await publisher.ChangeRoutesAsync(
                async () =>
                {
                    foreach (var binding in bind) await channel.BindAsync(binding, AdminChannel.OwnMark, limit.Token);

                    // From here on the new settings hold; what could not be unbound, the keeper unbinds.
                    table.Swap(next);
                    foreach (var binding in unbind) await channel.UnbindAsync(binding, limit.Token);
                },
                limit.Token);
            return true;
        }, cancellationToken);
        logger.RoutingChanged(next.Subscribers.Count, bind.Count, unbind.Count);
    }

    /// <summary>State away must not hold new settings back: the keeper remembers them when it is there again.</summary>
    private async Task RememberAsync(List<QueueBinding> bindings, CancellationToken cancellationToken)
    {
        try
        {
            await state.WriteAsync(session => RoutingBindingStore.AddAsync(session, bindings), cancellationToken);
        }
        catch (StateUnavailableException away)
        {
            logger.NotRemembered(away.Message);
        }
    }

    /// <summary>Arguments of a queue that stands cannot change.</summary>
    private static List<string> FindFixed(RoutingSnapshot current, RoutingSnapshot next)
    {
        var standing = current.Queues.ToDictionary(queue => queue.Name, queue => queue.Arguments, StringComparer.Ordinal);
        return [.. from subscriber in next.Subscribers
                   from queue in next.Queues.Where(queue => subscriber.Queues.Contains(queue.Name))
                   where standing.TryGetValue(queue.Name, out var arguments) && !AreSame(arguments, queue.Arguments)
                   select $"Routing:Subscribers:{subscriber.Name}: Retention and MaxBytes of queue '{queue.Name}' are arguments of the queue, which cannot change while it stands: set Broker:ManagementUrl and restart, so that they become a policy, or take another queue."];
    }

    private static bool IsSame(RoutingSnapshot current, RoutingSnapshot next) =>
        JsonSerializer.Serialize(current.Options.Subscribers) == JsonSerializer.Serialize(next.Options.Subscribers);

    private static bool AreSame(IReadOnlyDictionary<string, object?> left, IReadOnlyDictionary<string, object?> right) =>
        left.Count == right.Count && left.All(argument => right.TryGetValue(argument.Key, out var value) && Equals(argument.Value, value));

    /// <summary>A change that broke off half-way is repeated whole: until then, events may meet bindings of both settings, and never fewer than the old ones.</summary>
    private async Task<T> WithChannelAsync<T>(Func<AdminChannel, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            if (!publisher.Ready) throw new ReloadPostponedException("the broker is away");
            await using var connection = await factory.Create("wecombridge reload").CreateConnectionAsync(cancellationToken);
            await using var channel = new AdminChannel(connection);
            return await work(channel);
        }
        catch (Exception failure) when (failure is RabbitMQClientException or IOException or TimeoutException or ObjectDisposedException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ReloadPostponedException($"the broker is away ({failure.GetType().Name})");
        }
    }
}
