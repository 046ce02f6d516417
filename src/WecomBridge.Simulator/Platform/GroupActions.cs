using WecomBridge.Simulator.Callbacks;

namespace WecomBridge.Simulator.Platform;

/// <summary>What happens to customer groups; each act is called back as events.md 3 says.</summary>
public sealed class GroupActions
{
    private const string Event = "change_external_chat";
    private readonly CorpState _state;
    private readonly CorpEvents _events;

    internal GroupActions(CorpState state, CorpEvents events)
    {
        _state = state;
        _events = events;
    }

    /// <summary>All groups as they are, the dissolved ones included.</summary>
    public IReadOnlyList<SimulatedGroup> All
    {
        get
        {
            lock (_state.Gate) return [.. _state.Groups.Values.Select(g => g[^1].Group)];
        }
    }

    /// <summary>A group as it is.</summary>
    /// <exception cref="InvalidOperationException">There is no such group.</exception>
    public SimulatedGroup Find(string chatId)
    {
        lock (_state.Gate) return Known(chatId);
    }

    /// <summary>A member opens a group with some customers; <see cref="Happening.SubjectId"/> is its id.</summary>
    public Happening Create(string owner, string name, params IReadOnlyList<string> members)
    {
        lock (_state.Gate)
        {
            var group = new SimulatedGroup(_state.Ids.Id("wr"), name, _state.StaffMember(owner).UserId, _state.Now)
            {
                Version = _state.Ids.Version(),
                Members = [.. members.Prepend(owner).Select(m => Member(m, 1, owner))],
            };
            _state.Groups[group.ChatId] = [(_state.Now, group)];
            return Post(group.ChatId, "create");
        }
    }

    /// <summary>People join.</summary>
    /// <param name="chatId">The group.</param>
    /// <param name="members">UserIDs or ExternalUserIDs.</param>
    /// <param name="joinScene">Callback numbering: 0 invited, 3 by QR code.</param>
    /// <param name="state">State of the join way.</param>
    /// <exception cref="InvalidOperationException">There is no such group.</exception>
    public Happening Join(string chatId, IReadOnlyList<string> members, int joinScene = 3, string state = "")
    {
        lock (_state.Gate)
        {
            var group = Known(chatId);
            var joined = members.Select(m => Member(m, joinScene == 3 ? 3 : 1, joinScene == 3 ? null : group.Owner) with { State = state });
            return ChangeMembers(group, group with { Members = group.Members.AddRange(joined) }, "add_member", joinScene, 0, members);
        }
    }

    /// <summary>People leave.</summary>
    /// <param name="chatId">The group.</param>
    /// <param name="members">UserIDs or ExternalUserIDs.</param>
    /// <param name="quitScene">0 by themselves, 1 removed.</param>
    /// <exception cref="InvalidOperationException">There is no such group.</exception>
    public Happening Leave(string chatId, IReadOnlyList<string> members, int quitScene = 0)
    {
        lock (_state.Gate)
        {
            var group = Known(chatId);
            return ChangeMembers(group, group with { Members = group.Members.RemoveAll(m => members.Contains(m.Id)) }, "del_member", 0, quitScene, members);
        }
    }

    /// <summary>The group gets another name.</summary>
    /// <exception cref="InvalidOperationException">There is no such group.</exception>
    public Happening Rename(string chatId, string name) => Change(chatId, "change_name", g => g with { Name = name });

    /// <summary>The group gets another announcement.</summary>
    /// <exception cref="InvalidOperationException">There is no such group.</exception>
    public Happening ChangeNotice(string chatId, string notice) => Change(chatId, "change_notice", g => g with { Notice = notice });

    /// <summary>The group gets another owner.</summary>
    /// <exception cref="InvalidOperationException">There is no such group.</exception>
    public Happening ChangeOwner(string chatId, string owner) => Change(chatId, "change_owner", g => g with { Owner = _state.StaffMember(owner).UserId });

    /// <summary>The owner dissolves the group.</summary>
    /// <exception cref="InvalidOperationException">There is no such group.</exception>
    public Happening Dismiss(string chatId)
    {
        lock (_state.Gate)
        {
            Put(Known(chatId) with { Dismissed = true });
            return Post(chatId, "dismiss");
        }
    }

    private Happening ChangeMembers(SimulatedGroup before, SimulatedGroup after, string detail, int joinScene, int quitScene, IReadOnlyList<string> members)
    {
        after = after with { Version = _state.Ids.Version() };
        Put(after);
        var form = _state.Options.GroupEvents;
        return Post(
            before.ChatId,
            "update",
            [
                new CallbackField("UpdateDetail", detail),
                new CallbackField("JoinScene", joinScene.ToString(), IsNumber: true),
                new CallbackField("QuitScene", quitScene.ToString(), IsNumber: true),
                new CallbackField("MemChangeCnt", members.Count.ToString(), IsNumber: true),
                .. form == GroupEventForm.NoList ? [] : (CallbackField[])[form == GroupEventForm.JoinedList ? new CallbackField("MemChangeList", string.Join(',', members)) : new CallbackField("MemChangeList", "", Items: members)],
                .. form == GroupEventForm.NoVersions ? [] : (CallbackField[])[new CallbackField("LastMemVer", before.Version), new CallbackField("CurMemVer", after.Version)],
            ]);
    }

    private Happening Change(string chatId, string detail, Func<SimulatedGroup, SimulatedGroup> change)
    {
        lock (_state.Gate)
        {
            Put(change(Known(chatId)));
            return Post(chatId, "update", new CallbackField("UpdateDetail", detail));
        }
    }

    private SimulatedGroupMember Member(string id, int scene, string? invitor) =>
        new(id, _state.Staff.ContainsKey(id), _state.Now, scene) { Invitor = invitor };

    /// <summary>Adds a state; those that no answer can show any more are dropped.</summary>
    private void Put(SimulatedGroup group)
    {
        var history = _state.Groups[group.ChatId];
        history.Add((_state.Now, group));
        while (history.Count > 1 && history[1].At + _state.Options.GroupLag <= _state.Now) history.RemoveAt(0);
    }

    private SimulatedGroup Known(string chatId) =>
        _state.Groups.TryGetValue(chatId, out var history) ? history[^1].Group : throw new InvalidOperationException($"There is no group {chatId}.");

    private Happening Post(string chatId, string change, params IReadOnlyList<CallbackField> fields) =>
        _events.Post(Event, change, chatId, [new CallbackField("ChatId", chatId), .. fields]);
}
