using WecomBridge.Simulator.Callbacks;

namespace WecomBridge.Simulator.Platform;

/// <summary>What an administrator does to corp tags in the console; each act is called back as events.md 4 says.</summary>
public sealed class TagActions
{
    private const string Event = "change_external_tag";
    private readonly CorpState _state;
    private readonly CorpEvents _events;

    internal TagActions(CorpState state, CorpEvents events)
    {
        _state = state;
        _events = events;
    }

    /// <summary>Living groups with their living tags, in the order shown.</summary>
    public IReadOnlyList<SimulatedTagGroup> Groups
    {
        get
        {
            lock (_state.Gate) return [.. _state.Tags.Living];
        }
    }

    /// <summary>The id of a living tag by its group's and its own name; null when there is none.</summary>
    public string? FindId(string group, string tag)
    {
        lock (_state.Gate) return _state.Tags.FindGroupByName(group)?.Tags.Find(t => t.Name == tag && !t.Deleted)?.Id;
    }

    /// <summary>A new group with its tags: one event for the group, one for each tag. The first happening's subject is the group's id.</summary>
    /// <exception cref="InvalidOperationException">There is a living group of this name.</exception>
    public IReadOnlyList<Happening> CreateGroup(string name, params IReadOnlyList<string> tags)
    {
        lock (_state.Gate)
        {
            if (_state.Tags.FindGroupByName(name) is not null) throw Taken(name);
            var group = new SimulatedTagGroup(_state.Ids.Id("et"), name, 0, _state.Now, [.. tags.Select(NewTag)]);
            _state.Tags.Put(group);
            return [Post("create", group.Id, "tag_group"), .. group.Tags.Select(t => Post("create", t.Id, "tag"))];
        }
    }

    /// <summary>A new tag in a group; the happening's subject is its id.</summary>
    /// <exception cref="InvalidOperationException">There is no such group, or a tag of this name in it.</exception>
    public Happening CreateTag(string groupId, string name)
    {
        lock (_state.Gate)
        {
            var group = _state.Tags.FindGroup(groupId) ?? throw new InvalidOperationException($"There is no tag group {groupId}.");
            if (group.Tags.Exists(t => !t.Deleted && t.Name == name)) throw Taken(name);
            var tag = NewTag(name);
            _state.Tags.Put(group with { Tags = group.Tags.Add(tag) });
            return Post("create", tag.Id, "tag");
        }
    }

    /// <summary>A tag or group gets another name.</summary>
    /// <exception cref="InvalidOperationException">There is neither, or the name is taken.</exception>
    public Happening Rename(string id, string name)
    {
        lock (_state.Gate)
        {
            if (_state.Tags.FindGroup(id) is { } group)
            {
                if (_state.Tags.FindGroupByName(name) is { } other && other.Id != id) throw Taken(name);
                _state.Tags.Put(group with { Name = name });
                return Post("update", id, "tag_group");
            }

            var found = _state.Tags.FindTag(id) ?? throw Unknown(id);
            if (found.Group.Tags.Exists(t => t.Id != id && !t.Deleted && t.Name == name)) throw Taken(name);
            _state.Tags.PutTag(found.Tag with { Name = name });
            return Post("update", id, "tag");
        }
    }

    /// <summary>A tag or a group with its tags is deleted and comes off every customer. Tags of a deleted group have no event of their own.</summary>
    /// <exception cref="InvalidOperationException">There is neither.</exception>
    public Happening Delete(string id)
    {
        lock (_state.Gate)
        {
            var isGroup = _state.Tags.FindGroup(id) is not null;
            if (!_state.Tags.Delete(id, _state.Relations)) throw Unknown(id);
            return Post("delete", id, isGroup ? "tag_group" : "tag");
        }
    }

    /// <summary>The tags of one group, or without one all groups, are put in another order.</summary>
    public Happening Shuffle(string? groupId = null)
    {
        lock (_state.Gate)
        {
            foreach (var id in _state.Tags.Living.Select(g => g.Id).Where(id => groupId is null || id == groupId).ToList())
            {
                var group = _state.Tags.FindGroup(id)!;
                _state.Tags.Put(groupId is null
                    ? group with { Order = NewOrder() }
                    : group with { Tags = group.Tags.ConvertAll(t => t with { Order = NewOrder() }) });
            }

            return _events.Post(Event, "shuffle", groupId ?? "", [new CallbackField("Id", groupId ?? "")]);
        }
    }

    private SimulatedTag NewTag(string name) => new(_state.Ids.Id("et"), name, 0, _state.Now);

    private long NewOrder() => long.Parse(_state.Ids.Digits(6));

    private Happening Post(string change, string id, string type) =>
        _events.Post(Event, change, id, [new CallbackField("Id", id), new CallbackField("TagType", type)]);

    private static InvalidOperationException Taken(string name) => new($"There is a {name} already.");

    private static InvalidOperationException Unknown(string id) => new($"There is no tag or tag group {id}.");
}
