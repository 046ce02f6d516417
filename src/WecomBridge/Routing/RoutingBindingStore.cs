using WecomBridge.Broker;
using WecomBridge.State;

namespace WecomBridge.Routing;

/// <summary>The bindings that the service has made for subscribers.</summary>
internal static class RoutingBindingStore
{
    public static async Task<IReadOnlyList<QueueBinding>> ListAsync(StateSession session) =>
        [.. (await session.QueryAsync<Row>("SELECT queue, exchange, pattern FROM routing_bindings")).Select(row => new QueueBinding(row.Queue, row.Exchange, row.Pattern))];

    /// <summary>Those that are known already stay as they are.</summary>
    public static async Task AddAsync(StateSession session, IReadOnlyList<QueueBinding> bindings)
    {
        foreach (var binding in bindings)
            await session.ExecuteAsync("INSERT INTO routing_bindings (queue, exchange, pattern) VALUES (@Queue, @Exchange, @Pattern) ON CONFLICT (queue, exchange, pattern) DO NOTHING", binding);
    }

    public static async Task RemoveAsync(StateSession session, IReadOnlyList<QueueBinding> bindings)
    {
        foreach (var binding in bindings)
            await session.ExecuteAsync("DELETE FROM routing_bindings WHERE queue = @Queue AND exchange = @Exchange AND pattern = @Pattern", binding);
    }

    private sealed class Row
    {
        public string Queue { get; set; } = "";

        public string Exchange { get; set; } = "";

        public string Pattern { get; set; } = "";
    }
}
