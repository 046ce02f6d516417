using System.Text.RegularExpressions;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace WecomBridge.Broker;

/// <summary>An exchange or queue exists on the broker with other properties than declared. Nothing was deleted.</summary>
internal sealed class TopologyMismatchException(string message) : Exception(message);

/// <summary>Declares the topology. Declaring what is there already changes nothing.</summary>
internal static partial class TopologyDeclarer
{
    private const ushort PreconditionFailed = 406;

    /// <exception cref="TopologyMismatchException">Something exists with other properties; the message names it, what was expected and what was found. Or a dead-letter route leads nowhere.</exception>
    public static async Task DeclareAsync(IConnection connection, Topology topology, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        foreach (var exchange in topology.Exchanges)
            await GuardAsync($"exchange '{exchange}'", () => channel.ExchangeDeclareAsync(exchange, ExchangeType.Topic, durable: true, cancellationToken: cancellationToken));
        foreach (var (name, arguments) in topology.Queues)
            await GuardAsync($"queue '{name}'", () => channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, arguments.ToDictionary(), cancellationToken: cancellationToken));
        foreach (var (queue, exchange, pattern) in topology.Bindings)
            await channel.QueueBindAsync(queue, exchange, pattern, cancellationToken: cancellationToken);
        await DeadLetterRoutes.ProveAsync(connection, topology, cancellationToken);
    }

    private static async Task GuardAsync(string what, Func<Task> declare)
    {
        try
        {
            await declare();
        }
        catch (OperationInterruptedException failure) when (failure.ShutdownReason?.ReplyCode == PreconditionFailed)
        {
            throw new TopologyMismatchException(Explain(what, failure.ShutdownReason.ReplyText));
        }
    }

    /// <summary>RabbitMQ names the property with "received" (what we declare) and "current" (what is there).</summary>
    internal static string Explain(string what, string replyText)
    {
        var match = Inequivalent().Match(replyText);
        return match.Success
            ? $"The broker's {what} has another {match.Groups["name"].Value}: expected {match.Groups["expected"].Value}, found {match.Groups["found"].Value}. Nothing was changed. Move its messages away and delete it, or point Broker:Uri at another virtual host."
            : $"The broker refuses the declaration of {what}: {replyText}. Nothing was changed.";
    }

    [GeneratedRegex("inequivalent arg '(?<name>[^']+)'.*received (?<expected>.+?) but current is (?<found>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Inequivalent();
}
