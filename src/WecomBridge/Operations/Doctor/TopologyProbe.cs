using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using WecomBridge.Broker;
using WecomBridge.Routing;

namespace WecomBridge.Operations;

/// <summary>Asks a broker about topology and rights by requests that it refuses, or that change nothing.</summary>
internal sealed class TopologyProbe(IConnection connection, Topology topology, RoutingTable routing)
{
    private const ushort Forbidden = 403;
    private const ushort Missing = 404;
    private const ushort Unlike = 406;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        var (found, missing, present) = (new List<Finding>(), new List<string>(), 0);
        foreach (var exchange in topology.Exchanges)
            Note($"exchange '{exchange}'", await FindAsync(channel => channel.ExchangeDeclarePassiveAsync(exchange, cancellationToken), channel => channel.ExchangeDeclareAsync(exchange, ExchangeType.Topic, durable: true, cancellationToken: cancellationToken), cancellationToken));
        foreach (var queue in topology.OwnQueues) Note($"queue '{queue.Name}'", await FindAsync(queue, cancellationToken));
        foreach (var queue in routing.Current.Queues)
        {
            var (what, answer) = ($"queue '{queue.Name}'", await FindAsync(queue, cancellationToken));
            var isTaken = answer.Code == Unlike && routing.LimitsArePolicies && TopologyDeclarer.IsOlderLimit(TopologyDeclarer.Explain(what, answer.Text), queue);
            Note(what, isTaken ? default : answer);
        }

        if (missing.Count > 0) found.Add(Finding.Warning("", $"{missing.Count} of {missing.Count + present} exchanges and queues are not there yet: {string.Join(", ", missing.Take(5))}{(missing.Count > 5 ? " …" : "")}.", "Start the service once: it declares them."));
        if (present > 0 && !found.Exists(finding => finding.Level == FindingLevel.Fault)) found.Add(Finding.Well("", $"{present} exchanges and queues are as they are declared, and the user may declare them."));
        found.AddRange(await FindRightsAsync(missing, cancellationToken));
        return found;

        void Note(string what, (ushort Code, string Text) answer)
        {
            if (answer.Code == Missing) missing.Add(what);
            else if (answer.Code == 0) present++;
            else if (answer.Code == Unlike) found.Add(Finding.Fault("", TopologyDeclarer.Explain(what, answer.Text).Message, remedy: null));
            else found.Add(Finding.Fault("", $"The broker does not let the user declare the {what}.", "Give the user the permission 'configure' on it (rabbitmqctl set_permissions)."));
        }
    }

    /// <summary>Publishing and consuming are tried with an argument that the broker refuses, after it has looked at the right.</summary>
    private async Task<IReadOnlyList<Finding>> FindRightsAsync(List<string> missing, CancellationToken cancellationToken)
    {
        var found = new List<Finding>();
        foreach (var exchange in (string[])["", Topology.Events, Topology.Profiles])
        {
            if (missing.Contains($"exchange '{exchange}'")) continue;
            var (code, _) = await ClosedByAsync(channel => channel.BasicPublishAsync(exchange, "doctor", mandatory: false, new BasicProperties { Expiration = "doctor" }, ReadOnlyMemory<byte>.Empty, cancellationToken).AsTask(), awaitClosing: true, cancellationToken);
            if (code == Forbidden) found.Add(Finding.Fault("", $"The broker does not let the user publish to {(exchange.Length == 0 ? "the default exchange" : exchange)}.", $"Give the user the permission 'write' on {(exchange.Length == 0 ? "amq.default" : exchange)} (rabbitmqctl set_permissions)."));
        }

        foreach (var queue in (string[])[Topology.WelcomeQueue, Topology.TagsQueue, Topology.ProfilesQueue, Topology.GroupsQueue])
        {
            if (missing.Contains($"queue '{queue}'")) continue;
            var arguments = new Dictionary<string, object?> { ["x-priority"] = "doctor" };
            var (code, _) = await ClosedByAsync(channel => channel.BasicConsumeAsync(queue, autoAck: false, "", noLocal: false, exclusive: false, arguments, new AsyncDefaultBasicConsumer(channel), cancellationToken), awaitClosing: false, cancellationToken);
            if (code == Forbidden) found.Add(Finding.Fault("", $"The broker does not let the user consume from {queue}.", $"Give the user the permission 'read' on {queue} (rabbitmqctl set_permissions)."));
        }

        return found.Count > 0 ? found : [Finding.Well("", "The user may publish and consume.")];
    }

    private Task<(ushort Code, string Text)> FindAsync(QueueDeclaration queue, CancellationToken cancellationToken) =>
        FindAsync(channel => channel.QueueDeclarePassiveAsync(queue.Name, cancellationToken), channel => channel.QueueDeclareAsync(queue.Name, durable: true, exclusive: false, autoDelete: false, queue.Arguments.ToDictionary(), cancellationToken: cancellationToken), cancellationToken);

    /// <summary>0 when it is there and alike.</summary>
    private async Task<(ushort Code, string Text)> FindAsync(Func<IChannel, Task> passively, Func<IChannel, Task> actively, CancellationToken cancellationToken)
    {
        var answer = await ClosedByAsync(passively, awaitClosing: false, cancellationToken);
        return answer.Code == 0 ? await ClosedByAsync(actively, awaitClosing: false, cancellationToken) : answer;
    }

    /// <summary>Runs a request on a channel of its own; the code by which the broker closed it, or 0.</summary>
    private async Task<(ushort Code, string Text)> ClosedByAsync(Func<IChannel, Task> request, bool awaitClosing, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var closed = new TaskCompletionSource<ushort>(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, reason) =>
        {
            closed.TrySetResult(reason.ReplyCode);
            return Task.CompletedTask;
        };
        try
        {
            await request(channel);
            return awaitClosing ? (await closed.Task.WaitAsync(AnswerWithin, TimeProvider.System, cancellationToken), "") : default;
        }
        catch (OperationInterruptedException failure)
        {
            return (failure.ShutdownReason?.ReplyCode ?? 0, failure.ShutdownReason?.ReplyText ?? "");
        }
        catch (TimeoutException)
        {
            return default;
        }
    }
}
