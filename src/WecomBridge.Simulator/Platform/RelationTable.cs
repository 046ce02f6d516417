namespace WecomBridge.Simulator.Platform;

/// <summary>Follow relations by member and by customer; guarded by the corp's lock.</summary>
internal sealed class RelationTable
{
    private readonly Dictionary<(string User, string Customer), SimulatedRelation> _all = [];
    private readonly Dictionary<string, List<string>> _usersOfCustomer = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _customersOfUser = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<SimulatedRelation> All => _all.Values;

    public SimulatedRelation? Find(string userId, string externalUserId) => _all.GetValueOrDefault(Key(userId, externalUserId));

    public void Put(SimulatedRelation relation)
    {
        var key = Key(relation.UserId, relation.ExternalUserId);
        if (_all.TryAdd(key, relation))
        {
            Index(_usersOfCustomer, relation.ExternalUserId, relation.UserId);
            Index(_customersOfUser, relation.UserId, relation.ExternalUserId);
        }

        _all[key] = relation;
    }

    /// <summary>Relations the API answers for: added, or left by the customer only.</summary>
    public IEnumerable<SimulatedRelation> LiveOfCustomer(string externalUserId, DateTimeOffset visibleBefore) =>
        _usersOfCustomer.GetValueOrDefault(externalUserId, []).Select(u => _all[Key(u, externalUserId)]).Where(r => IsLive(r, visibleBefore));

    /// <summary>The same by member.</summary>
    public IEnumerable<SimulatedRelation> LiveOfUser(string userId, DateTimeOffset visibleBefore) =>
        _customersOfUser.GetValueOrDefault(userId, []).Select(c => _all[Key(userId, c)]).Where(r => IsLive(r, visibleBefore));

    public static bool IsLive(SimulatedRelation relation, DateTimeOffset visibleBefore) =>
        relation.Status is SimulatedRelationStatus.Added or SimulatedRelationStatus.LeftByCustomer && relation.CreatedAt <= visibleBefore;

    private static (string, string) Key(string userId, string externalUserId) => (userId.ToUpperInvariant(), externalUserId);

    private static void Index(Dictionary<string, List<string>> index, string key, string value)
    {
        if (!index.TryGetValue(key, out var values)) index[key] = values = [];
        values.Add(value);
    }
}
