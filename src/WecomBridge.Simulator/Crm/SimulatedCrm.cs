using System.Text.Json.Nodes;

namespace WecomBridge.Simulator.Crm;

/// <summary>A customer as the CRM knows them.</summary>
/// <param name="Id">The CRM's own id.</param>
/// <param name="Name">Name.</param>
public sealed record CrmCustomer(string Id, string Name)
{
    /// <summary>Such as <c>gold</c>.</summary>
    public string Level { get; init; } = "";
    /// <summary>Phone number.</summary>
    public string? Mobile { get; init; }
    /// <summary>WeChat union id.</summary>
    public string? UnionId { get; init; }
    /// <summary>UserID of the member who looks after them.</summary>
    public string? Owner { get; init; }
    /// <summary>Free words.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}

/// <summary>The CRM's memory. Safe to use while it answers calls.</summary>
public sealed class SimulatedCrm
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, CrmCustomer> _customers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Status, string Body)> _done = new(StringComparer.Ordinal);

    internal SimulatedCrm()
    {
    }

    /// <summary>All customers.</summary>
    public IReadOnlyList<CrmCustomer> Customers
    {
        get
        {
            lock (_lock) return [.. _customers.Values];
        }
    }

    /// <summary>Adds or replaces a customer.</summary>
    public void Put(CrmCustomer customer)
    {
        lock (_lock) _customers[customer.Id] = customer;
    }

    /// <summary>A customer by id; null when there is none.</summary>
    public CrmCustomer? Find(string id)
    {
        lock (_lock) return _customers.GetValueOrDefault(id);
    }

    internal IReadOnlyList<CrmCustomer> Search(string? unionId, string? mobile)
    {
        lock (_lock)
        {
            return [.. _customers.Values.Where(c =>
                (!string.IsNullOrEmpty(unionId) && c.UnionId == unionId) || (!string.IsNullOrEmpty(mobile) && c.Mobile == mobile))];
        }
    }

    /// <summary>Changes a customer once per key; a repeat gets the first answer again and changes nothing.</summary>
    internal (int Status, string Body, bool Committed) Patch(string id, JsonObject changes, string? key, bool withoutEffect)
    {
        lock (_lock)
        {
            if (key is not null && _done.TryGetValue(key, out var first)) return (first.Status, first.Body, false);
            if (!_customers.TryGetValue(id, out var before)) return (404, CrmJson.NotFound, false);
            var after = CrmJson.Merge(before, changes);
            var body = CrmJson.Of(after).ToJsonString(CrmJson.Options);
            if (withoutEffect) return (200, body, false);
            _customers[id] = after;
            if (key is not null) _done[key] = (200, body);
            return (200, body, true);
        }
    }
}
