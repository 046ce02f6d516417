using WecomBridge.Simulator.Callbacks;

namespace WecomBridge.Simulator.Platform;

/// <summary>Acquisition links and who comes by them; called back as events.md 5 says.</summary>
public sealed class LinkActions
{
    private const string Event = "customer_acquisition";
    private const int ByLink = 16;
    private readonly CorpState _state;
    private readonly CorpEvents _events;
    private readonly CustomerActions _customers;

    internal LinkActions(CorpState state, CorpEvents events, CustomerActions customers) => (_state, _events, _customers) = (state, events, customers);

    /// <summary>Links that have not been deleted.</summary>
    public IReadOnlyList<SimulatedLink> All
    {
        get
        {
            lock (_state.Gate) return [.. _state.Links.Values];
        }
    }

    /// <summary>Makes a link, in the name of the corp's first app. No callback.</summary>
    /// <exception cref="ArgumentException">It leads to nobody.</exception>
    public SimulatedLink Create(string name, params IReadOnlyList<string> users)
    {
        ArgumentNullException.ThrowIfNull(users);
        if (users.Count == 0) throw new ArgumentException("A link leads to at least one member.", nameof(users));
        lock (_state.Gate)
        {
            var link = new SimulatedLink($"ca{_state.Ids.Next():0000000000}", name, [.. users.Select(user => _state.StaffMember(user).UserId)]) { App = _state.Apps.Count > 0 ? _state.Apps[0].Name : "", CreatedAt = _state.Now };
            return _state.Links[link.LinkId] = link;
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
            var user = Taker(link);
            _state.Links[linkId] = link with { Visits = link.Visits.Add(new SimulatedLinkVisit(externalUserId, user, channel, _state.Now)) };
            var happenings = new List<Happening>();
            if (channel.Length > 0) happenings.Add(_events.Post(Event, "friend_request", linkId, [new CallbackField("LinkId", linkId), new CallbackField("State", channel)]));
            happenings.Add(_customers.Add(user, externalUserId, new AddDetails { State = channel, AddWay = ByLink }));
            return happenings;
        }
    }

    /// <summary>A customer who came by a link writes to the member: the first message is called back, and the 3rd, 5th and 10th with a key for <c>get_chat_info</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such link, or the customer has not come by it.</exception>
    public IReadOnlyList<Happening> Write(string linkId, string externalUserId)
    {
        lock (_state.Gate)
        {
            var link = Find(linkId);
            var place = link.Visits.FindLastIndex(v => v.ExternalUserId == externalUserId);
            if (place < 0) throw new KeyNotFoundException($"{externalUserId} has not come by {linkId}.");
            var visit = link.Visits[place] with { Messages = link.Visits[place].Messages + 1 };
            _state.Links[linkId] = link with { Visits = link.Visits.SetItem(place, visit) };
            if (visit.Messages == 1) return [_events.Post(Event, "customer_start_chat", linkId, [new CallbackField("UserID", visit.UserId), new CallbackField("ExternalUserID", externalUserId)])];
            if (visit.Messages is not (3 or 5 or 10)) return [];
            var key = _state.Ids.Id("CHAT", 32);
            _state.ChatKeys[key] = (linkId, externalUserId, _state.Now);
            return [_events.Post(Event, "message_from_customer", linkId, [new CallbackField("LinkId", linkId), new CallbackField("ChatKey", key)])];
        }
    }

    /// <summary>An administrator deletes a link in the console.</summary>
    /// <exception cref="KeyNotFoundException">There is no such link.</exception>
    public Happening Delete(string linkId)
    {
        lock (_state.Gate)
        {
            _state.Links.Remove(Find(linkId).LinkId);
            return _events.Post(Event, "delete_link", linkId, [new CallbackField("LinkId", linkId)]);
        }
    }

    /// <summary>The members of the range in turn.</summary>
    private string Taker(SimulatedLink link)
    {
        List<string> users = [.. link.Users, .. _state.Staff.Values.Where(s => link.Departments.Contains(s.Department)).Select(s => s.UserId)];
        return users[link.Visits.Count % users.Count];
    }

    private SimulatedLink Find(string linkId) => _state.Links.GetValueOrDefault(linkId) ?? throw new KeyNotFoundException($"There is no link {linkId}.");
}
