using System.Text.RegularExpressions;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using WecomBridge.Routing;

namespace WecomBridge.Broker;

/// <summary>An exchange or queue exists on the broker with other properties than declared. Nothing was deleted.</summary>
/// <param name="message">Names it, what was expected and what was found.</param>
/// <param name="argument">The property that differs, such as <c>x-message-ttl</c>; null when the broker did not say.</param>
/// <param name="isOutOfReach">The broker keeps it from us altogether: no permission, or it belongs to another connection alone.</param>
internal sealed class TopologyMismatchException(string message, string? argument = null, bool isOutOfReach = false) : Exception(message)
{
    public string? Argument { get; } = argument;

    public bool IsOutOfReach { get; } = isOutOfReach;
}

/// <summary>Declares the topology. Declaring what is there already changes nothing.</summary>
internal static partial class TopologyDeclarer
{
    private const ushort AccessRefused = 403;
    private const ushort ResourceLocked = 405;
    private const ushort PreconditionFailed = 406;

    /// <summary>Declares the bridge's own part and that of subscribers.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="topology">The bridge's own part.</param>
    /// <param name="routing">The subscribers' part.</param>
    /// <param name="faults">Takes what is wrong with subscribers' queues, so that one of them keeps nobody else's events back; null throws instead.</param>
    /// <param name="cancellationToken">Stops between two declarations.</param>
    /// <exception cref="TopologyMismatchException">Something exists with other properties, or a dead-letter route leads nowhere.</exception>
    public static async Task DeclareAsync(IConnection connection, Topology topology, RoutingSnapshot routing, SubscriberFaults? faults, CancellationToken cancellationToken)
    {
        await using var channel = new AdminChannel(connection);
        foreach (var exchange in topology.Exchanges) await channel.DeclareExchangeAsync(exchange, cancellationToken);
        foreach (var queue in topology.OwnQueues) await channel.DeclareQueueAsync(queue, cancellationToken);
        foreach (var binding in topology.OwnBindings) await channel.BindAsync(binding, mark: null, cancellationToken);

        var outOfReach = new HashSet<string>(StringComparer.Ordinal);
        var bindings = routing.Bindings.ToLookup(binding => binding.Queue, StringComparer.Ordinal);
        foreach (var queue in routing.Queues)
        {
            try
            {
                await DeclareSubscriberAsync(channel, queue, routing.Policies.Count > 0, cancellationToken);
                foreach (var binding in bindings[queue.Name]) await channel.BindAsync(binding, AdminChannel.OwnMark, cancellationToken);
                faults?.Clear(queue.Name);
            }
            catch (TopologyMismatchException mismatch) when (faults is not null)
            {
                faults.Set(queue.Name, mismatch.Message);
                if (mismatch.IsOutOfReach) outOfReach.Add(queue.Name);
            }
        }

        var provable = routing.Subscribers.SelectMany(subscriber => subscriber.Queues).Where(queue => !outOfReach.Contains(Topology.DeadLettersOf(queue)));
        await ProveDeadLettersAsync(connection, topology, [.. provable], faults, cancellationToken);
    }

    private static async Task ProveDeadLettersAsync(IConnection connection, Topology topology, IReadOnlyList<string> subscribers, SubscriberFaults? faults, CancellationToken cancellationToken)
    {
        var own = topology.OwnQueues.Select(queue => queue.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var lost in await DeadLetterRoutes.FindLostAsync(connection, [.. own.Where(queue => own.Contains(Topology.DeadLettersOf(queue))), .. subscribers], cancellationToken))
        {
            if (faults is null || own.Contains(lost)) throw new TopologyMismatchException(DeadLetterRoutes.Explain(lost));
            faults.Set(lost, DeadLetterRoutes.Explain(lost));
        }
    }

    /// <summary>Declares one queue of a subscriber.</summary>
    /// <param name="channel">For declaring.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="limitsArePolicies">Whether limits that the queue was once declared with may stand beside the policy: the lower of the two holds.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="TopologyMismatchException">It exists with other properties.</exception>
    public static async Task DeclareSubscriberAsync(AdminChannel channel, QueueDeclaration queue, bool limitsArePolicies, CancellationToken cancellationToken)
    {
        try
        {
            await channel.DeclareQueueAsync(queue, cancellationToken);
        }
        catch (TopologyMismatchException mismatch) when (limitsArePolicies && IsOlderLimit(mismatch, queue))
        {
            // The queue stays as it is.
        }
    }

    /// <summary>Where limits are policies: the queue differs only by a limit that it has as an argument, from the time without the management address.</summary>
    internal static bool IsOlderLimit(TopologyMismatchException mismatch, QueueDeclaration queue) => mismatch.Argument is not null && !queue.Arguments.ContainsKey(mismatch.Argument);

    /// <summary>Runs a declaration and explains a refusal.</summary>
    /// <exception cref="TopologyMismatchException">It exists with other properties, or is kept from us.</exception>
    internal static async Task GuardAsync(string what, Func<Task> declare)
    {
        try
        {
            await declare();
        }
        catch (OperationInterruptedException failure) when (failure.ShutdownReason?.ReplyCode == PreconditionFailed)
        {
            throw Explain(what, failure.ShutdownReason.ReplyText);
        }
        catch (OperationInterruptedException failure) when (failure.ShutdownReason?.ReplyCode is AccessRefused or ResourceLocked)
        {
            var remedy = failure.ShutdownReason.ReplyCode == AccessRefused ? "Give the user of Broker:Uri permission (rabbitmqctl set_permissions)." : "End the connection that holds it for itself alone.";
            throw new TopologyMismatchException($"The broker keeps {what} from the service: {failure.ShutdownReason.ReplyText}. Nothing was changed. {remedy}", isOutOfReach: true);
        }
    }

    /// <summary>RabbitMQ names the property with "received" (what we declare) and "current" (what is there).</summary>
    internal static TopologyMismatchException Explain(string what, string replyText)
    {
        var match = Inequivalent().Match(replyText);
        if (!match.Success) return new TopologyMismatchException($"The broker refuses the declaration of {what}: {replyText}. Nothing was changed.");
        var name = match.Groups["name"].Value;
        return new TopologyMismatchException(
            $"The broker's {what} has another {name}: expected {match.Groups["expected"].Value}, found {match.Groups["found"].Value}. Nothing was changed. Move its messages away and delete it, or point Broker:Uri at another virtual host.", name);
    }

    [GeneratedRegex("inequivalent arg '(?<name>[^']+)'.*received (?<expected>.+?) but current is (?<found>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Inequivalent();
}
