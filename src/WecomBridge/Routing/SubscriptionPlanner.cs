using WecomBridge.Broker;
using WecomBridge.State;

namespace WecomBridge.Routing;

/// <summary>Finds what stands between the broker and the settings, and makes it true. What was removed from the settings is unbound, never deleted; bindings of others are left alone.</summary>
/// <remarks>With the management address the broker says which bindings are ours; without it State does. State remembers in both cases.</remarks>
internal sealed class SubscriptionPlanner(IStateDatabase state, ManagementClient management)
{
    /// <summary>Changes nothing.</summary>
    /// <exception cref="StateUnavailableException">State is away: what we bound once is not known.</exception>
    /// <exception cref="ManagementUnavailableException">The management plug-in gave no answer.</exception>
    public async Task<SubscriptionPlan> PlanAsync(AdminChannel channel, RoutingSnapshot snapshot, CancellationToken cancellationToken)
    {
        var remembered = await state.ReadAsync(RoutingBindingStore.ListAsync, cancellationToken);
        var (missing, mismatches, outOfReach) = (new List<QueueDeclaration>(), new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var queue in snapshot.Queues)
        {
            try
            {
                // Declaring again what is there changes nothing, and is AMQP's only way to compare.
                if (await channel.FindQueueAsync(queue.Name, cancellationToken) is null) missing.Add(queue);
                else await TopologyDeclarer.DeclareSubscriberAsync(channel, queue, management.IsConfigured, cancellationToken);
            }
            catch (TopologyMismatchException mismatch)
            {
                mismatches.Add(mismatch.Message);
                if (mismatch.IsOutOfReach) outOfReach.Add(queue.Name);
            }
        }

        var gone = missing.Select(queue => queue.Name).ToHashSet(StringComparer.Ordinal);
        var known = management.IsConfigured ? await management.OwnBindingsAsync(cancellationToken) : remembered;
        return new SubscriptionPlan
        {
            Declare = missing,
            Mismatches = mismatches,
            OutOfReach = outOfReach,
            Bind = [.. snapshot.Bindings.Where(binding => !outOfReach.Contains(binding.Queue)).Except(known.Where(binding => !gone.Contains(binding.Queue)))],
            Unbind = [.. known.Except(snapshot.Bindings).Where(binding => !outOfReach.Contains(binding.Queue))],
            SetPolicies = await management.FindStaleAsync(snapshot.Policies, cancellationToken),
        };
    }

    /// <summary>Makes the plan true; repeating it is harmless.</summary>
    /// <param name="channel">For declaring.</param>
    /// <param name="snapshot">What was planned for.</param>
    /// <param name="plan">What to do.</param>
    /// <param name="declare">Whether queues that are missing are declared (by command, or at a start) or left to a person: they may have been deleted on purpose.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    public async Task ApplyAsync(AdminChannel channel, RoutingSnapshot snapshot, SubscriptionPlan plan, bool declare, CancellationToken cancellationToken)
    {
        // Remembered before they are made, forgotten after they are gone: a crash leaves too much in State, never too little.
        await state.WriteAsync(session => RoutingBindingStore.AddAsync(session, snapshot.Bindings), cancellationToken);
        if (declare)
        {
            foreach (var queue in plan.Declare) await channel.DeclareQueueAsync(queue, cancellationToken);
        }

        // All of them, and not the plan's alone: State may remember a binding that a crash left unmade, or that went with its queue.
        var absent = plan.OutOfReach.Union(declare ? [] : plan.Declare.Select(queue => queue.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var binding in snapshot.Bindings.Where(binding => !absent.Contains(binding.Queue))) await channel.BindAsync(binding, AdminChannel.OwnMark, cancellationToken);
        foreach (var binding in plan.Unbind) await channel.UnbindAsync(binding, cancellationToken);
        await state.WriteAsync(session => RoutingBindingStore.RemoveAsync(session, plan.Unbind), cancellationToken);
        foreach (var policy in plan.SetPolicies) await management.PutAsync(policy, cancellationToken);
    }
}
