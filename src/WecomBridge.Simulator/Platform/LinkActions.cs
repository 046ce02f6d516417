using WecomBridge.Simulator.Callbacks;

namespace WecomBridge.Simulator.Platform;

/// <summary>An acquisition link (获客链接).</summary>
/// <param name="LinkId"><c>ca…</c></param>
/// <param name="Name">Shown in the console.</param>
/// <param name="Users">Members it leads to, in turn.</param>
public sealed record SimulatedLink(string LinkId, string Name, IReadOnlyList<string> Users)
{
    /// <summary>Customers who came by it.</summary>
    public int Customers { get; init; }
}

/// <summary>Acquisition links and who comes by them; called back as events.md 5 says.</summary>
public sealed class LinkActions
{
    private const string Event = "customer_acquisition";
    private const int ByLink = 16;
    private readonly CorpState _state;
    private readonly CorpEvents _events;
    private readonly CustomerActions _customers;
    private readonly Dictionary<string, SimulatedLink> _links = new(StringComparer.Ordinal);

    internal LinkActions(CorpState state, CorpEvents events, CustomerActions customers) => (_state, _events, _customers) = (state, events, customers);

    /// <summary>Links that have not been deleted.</summary>
    public IReadOnlyList<SimulatedLink> All
    {
        get
        {
            lock (_state.Gate) return [.. _links.Values];
        }
    }

    /// <summary>Makes a link. No callback.</summary>
    /// <exception cref="ArgumentException">It leads to nobody.</exception>
    public SimulatedLink Create(string name, params IReadOnlyList<string> users)
    {
        ArgumentNullException.ThrowIfNull(users);
        if (users.Count == 0) throw new ArgumentException("A link leads to at least one member.", nameof(users));
        lock (_state.Gate)
        {
            var link = new SimulatedLink($"ca{_state.Ids.Next():0000000000}", name, [.. users.Select(user => _state.StaffMember(user).UserId)]);
            return _links[link.LinkId] = link;
        }
    }

    /// <summary>A customer comes by a link: the friend request, where a channel was given, and the add.</summary>
    /// <param name="linkId">The link.</param>
    /// <param name="externalUserId">The customer.</param>
    /// <param name="channel"><c>customer_channel</c> of the clicked address; empty for none.</param>
    /// <exception cref="KeyNotFoundException">There is no such link.</exception>
    public IReadOnlyList<Happening> Come(string linkId, string externalUserId, string channel = "")
    {
        lock (_state.Gate)
        {
            var link = Find(linkId);
            _links[linkId] = link with { Customers = link.Customers + 1 };
            var happenings = new List<Happening>();
            if (channel.Length > 0) happenings.Add(_events.Post(Event, "friend_request", linkId, [new CallbackField("LinkId", linkId), new CallbackField("State", channel)]));
            happenings.Add(_customers.Add(link.Users[link.Customers % link.Users.Count], externalUserId, new AddDetails { State = channel, AddWay = ByLink }));
            return happenings;
        }
    }

    /// <summary>An administrator deletes a link in the console.</summary>
    /// <exception cref="KeyNotFoundException">There is no such link.</exception>
    public Happening Delete(string linkId)
    {
        lock (_state.Gate)
        {
            _links.Remove(Find(linkId).LinkId);
            return _events.Post(Event, "delete_link", linkId, [new CallbackField("LinkId", linkId)]);
        }
    }

    private SimulatedLink Find(string linkId) => _links.GetValueOrDefault(linkId) ?? throw new KeyNotFoundException($"There is no link {linkId}.");
}
