using WecomBridge.Broker;

namespace WecomBridge.Routing;

/// <summary>What stands between the broker and the settings.</summary>
internal sealed record SubscriptionPlan
{
    /// <summary>Queues that are not there.</summary>
    public required IReadOnlyList<QueueDeclaration> Declare { get; init; }

    /// <summary>Queues that are there with other properties, one sentence each; nothing mends them but a person.</summary>
    public required IReadOnlyList<string> Mismatches { get; init; }

    /// <summary>Of those, the queues that the broker keeps from us altogether: nothing of theirs can be bound or unbound.</summary>
    public required IReadOnlySet<string> OutOfReach { get; init; }

    public required IReadOnlyList<QueueBinding> Bind { get; init; }

    /// <summary>Bindings of our making that the settings no longer ask for. Their queues stay, with what is in them.</summary>
    public required IReadOnlyList<QueueBinding> Unbind { get; init; }

    /// <summary>Limits that are missing or differ; needs the management address.</summary>
    public required IReadOnlyList<QueuePolicy> SetPolicies { get; init; }

    public bool IsEmpty => Declare.Count + Mismatches.Count + Bind.Count + Unbind.Count + SetPolicies.Count == 0;
}
