using System.Collections.Immutable;

namespace WecomBridge.Simulator.Platform;

/// <summary>Corp tags and their groups, the deleted ones included; guarded by the corp's lock.</summary>
internal sealed class TagTable
{
    private readonly Dictionary<string, SimulatedTagGroup> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _groupOfTag = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    /// <summary>Living groups with their living tags, larger order first, as the API lists them.</summary>
    public IEnumerable<SimulatedTagGroup> Living => _order.Select(id => _groups[id]).Where(g => !g.Deleted).OrderByDescending(g => g.Order).Select(WithoutDeleted);

    public int LivingTags => _groups.Values.Sum(g => g.Tags.Count(t => !t.Deleted));

    public SimulatedTagGroup? FindGroup(string id) => _groups.GetValueOrDefault(id);

    public SimulatedTagGroup? FindGroupByName(string name) => _groups.Values.FirstOrDefault(g => !g.Deleted && g.Name == name);

    public (SimulatedTagGroup Group, SimulatedTag Tag)? FindTag(string id)
    {
        if (!_groupOfTag.TryGetValue(id, out var groupId)) return null;
        var group = _groups[groupId];
        return (group, group.Tags.First(t => t.Id == id));
    }

    public bool IsLiving(string tagId) => FindTag(tagId) is { Tag.Deleted: false };

    public void Put(SimulatedTagGroup group)
    {
        if (_groups.TryAdd(group.Id, group)) _order.Add(group.Id);
        _groups[group.Id] = group;
        foreach (var tag in group.Tags) _groupOfTag[tag.Id] = group.Id;
    }

    public void PutTag(SimulatedTag tag)
    {
        var group = _groups[_groupOfTag[tag.Id]];
        Put(group with { Tags = group.Tags.Replace(group.Tags.First(t => t.Id == tag.Id), tag) });
    }

    /// <summary>Deletes a group with its tags, or a tag and, when it was the last, its group. False when there is nothing to delete.</summary>
    public bool Delete(string id, RelationTable relations)
    {
        if (FindGroup(id) is { Deleted: false } group)
        {
            Put(group with { Deleted = true, Tags = group.Tags.ConvertAll(t => t with { Deleted = true }) });
            Untag(relations, [.. group.Tags.Select(t => t.Id)]);
            return true;
        }

        if (FindTag(id) is not { Tag.Deleted: false } found) return false;
        PutTag(found.Tag with { Deleted = true });
        var left = _groups[found.Group.Id];
        if (left.Tags.TrueForAll(t => t.Deleted)) Put(left with { Deleted = true });
        Untag(relations, [id]);
        return true;
    }

    private static SimulatedTagGroup WithoutDeleted(SimulatedTagGroup group) => group with { Tags = [.. group.Tags.Where(t => !t.Deleted).OrderByDescending(t => t.Order)] };

    private static void Untag(RelationTable relations, ImmutableHashSet<string> tagIds)
    {
        foreach (var relation in relations.All.Where(r => r.TagIds.Exists(tagIds.Contains)).ToList())
            relations.Put(relation with { TagIds = relation.TagIds.RemoveAll(tagIds.Contains) });
    }
}
