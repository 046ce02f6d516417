using System.Globalization;
using WecomBridge.Simulator.Api;

namespace WecomBridge.Simulator.Platform;

/// <summary>Codes that apps have made through the API, and who scans them.</summary>
public sealed class ContactWayActions
{
    private readonly CorpState _state;
    private readonly CustomerActions _customers;
    private readonly GroupActions _groups;

    internal ContactWayActions(CorpState state, CustomerActions customers, GroupActions groups) => (_state, _customers, _groups) = (state, customers, groups);

    /// <summary>Ids of the contact ways that have not been deleted.</summary>
    public IReadOnlyList<string> All
    {
        get
        {
            lock (_state.Gate) return [.. _state.ContactWays.All.Select(w => w.Id)];
        }
    }

    /// <summary>A customer scans a contact way and is added by one of its members, with its state.</summary>
    /// <exception cref="KeyNotFoundException">There is no such contact way, or nobody in it.</exception>
    public Happening Scan(string configId, string externalUserId)
    {
        lock (_state.Gate)
        {
            var way = _state.ContactWays.Find(configId) ?? throw new KeyNotFoundException($"There is no contact way {configId}.");
            var parties = Fields.Numbers(way.Content, "party") ?? [];
            List<string> users = [.. Fields.Texts(way.Content, "user") ?? [], .. _state.Staff.Values.Where(s => parties.Contains(s.Department)).Select(s => s.UserId)];
            if (users.Count == 0) throw new KeyNotFoundException($"Nobody is in contact way {configId}.");
            var user = users[int.Parse(_state.Ids.Digits(6), CultureInfo.InvariantCulture) % users.Count];
            return _customers.Add(user, externalUserId, new AddDetails { State = Fields.Text(way.Content, "state") ?? "" });
        }
    }

    /// <summary>A customer scans a join way and comes into its first group, with its state.</summary>
    /// <exception cref="KeyNotFoundException">There is no such join way.</exception>
    public Happening ScanJoinWay(string configId, string externalUserId)
    {
        lock (_state.Gate)
        {
            var way = _state.JoinWays.Find(configId) ?? throw new KeyNotFoundException($"There is no join way {configId}.");
            return _groups.Join(Fields.Texts(way.Content, "chat_id_list")![0], [externalUserId], state: Fields.Text(way.Content, "state") ?? "");
        }
    }
}
