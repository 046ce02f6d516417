using System.Globalization;

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
    /// <summary>The platform's id of the customer.</summary>
    public string? ExternalUserId { get; init; }
    /// <summary>The number on the customer's card.</summary>
    public string? MemberNumber { get; init; }
    /// <summary>UserIDs of the members who look after them.</summary>
    public string? Owner { get; init; }
    /// <summary>How they stand with the company on WeCom.</summary>
    public string? Status { get; init; }
    /// <summary>Channel by which they came.</summary>
    public string? Channel { get; init; }
    /// <summary>Free words.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}

/// <summary>The memory of all the CRMs that are played. Safe to use while they answer calls.</summary>
public sealed class SimulatedCrm
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, CrmCustomer> _customers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CrmReply> _done = new(StringComparer.Ordinal);
    private int _made;

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

    /// <summary>Deletes a customer; the CRM then knows nothing of the id.</summary>
    public void Remove(string id)
    {
        lock (_lock) _customers.Remove(id);
    }

    /// <summary>A customer by id; null when there is none.</summary>
    public CrmCustomer? Find(string id)
    {
        lock (_lock) return _customers.GetValueOrDefault(id);
    }

    /// <summary>Customers with one of the values asked for; empty values find nobody.</summary>
    /// <param name="asked">Names as the plain CRM has them, in any case.</param>
    internal IReadOnlyList<CrmCustomer> Search(IReadOnlyList<KeyValuePair<string, string>> asked)
    {
        var wanted = CrmFields.Searchable.SelectMany(field => asked.Where(pair => string.Equals(pair.Key, field.ToString(), StringComparison.OrdinalIgnoreCase)).Select(pair => (field, pair.Value))).ToList();
        return Where(customer => wanted.Exists(each => each.Value.Length > 0 && CrmFields.TextOf(customer, each.field) == each.Value));
    }

    internal IReadOnlyList<CrmCustomer> Where(Func<CrmCustomer, bool> condition)
    {
        lock (_lock) return [.. _customers.Values.Where(condition)];
    }

    /// <summary>Makes or changes a customer, once per key; a repeat gets the first answer again and changes nothing.</summary>
    /// <param name="id">Whom; null makes one.</param>
    /// <param name="change">What is changed.</param>
    /// <param name="say">The answer about the changed customer.</param>
    /// <param name="notFound">The answer when there is none.</param>
    /// <param name="key">Null: every call counts.</param>
    /// <param name="withoutEffect">Answers and changes nothing.</param>
    internal CrmReply Write(string? id, Func<CrmCustomer, CrmCustomer> change, Func<CrmCustomer, CrmReply> say, string notFound, string? key, bool withoutEffect)
    {
        lock (_lock)
        {
            if (key is not null && _done.TryGetValue(key, out var first)) return first with { Committed = false };
            var before = id is null ? new CrmCustomer(string.Create(CultureInfo.InvariantCulture, $"made-{_made + 1}"), "") : _customers.GetValueOrDefault(id);
            if (before is null) return new CrmReply(404, notFound);
            var after = change(before);
            if (withoutEffect) return say(after);
            if (id is null) _made++;
            _customers[after.Id] = after;
            var reply = say(after) with { Committed = true };
            if (key is not null) _done[key] = reply;
            return reply;
        }
    }
}
