using System.Collections.Immutable;
using System.Text.Json.Nodes;
using WecomBridge.Simulator.Ledger;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>Corp tags and marking customers with them (api.md 2.6 and 3).</summary>
internal static class CorpTagApi
{
    private const int NameLimit = 30;
    private const int RelationLimit = 3_000;

    public static IEnumerable<ApiRoute> Routes =>
    [
        new("externalcontact/get_corp_tag_list", IsPost: true, List) { IsList = true },
        new("externalcontact/add_corp_tag", IsPost: true, Add) { Exclusive = _ => "corp tags" },
        new("externalcontact/edit_corp_tag", IsPost: true, Edit) { Exclusive = _ => "corp tags" },
        new("externalcontact/del_corp_tag", IsPost: true, Delete) { Exclusive = _ => "corp tags" },
        new("externalcontact/mark_tag", IsPost: true, Mark) { Exclusive = CustomerApi.RelationKey },
    ];

    /// <summary>By group ids, else by tag ids, else all; only what is asked by id may be deleted.</summary>
    private static JsonObject List(ApiCall call)
    {
        var tags = call.Corp.Tags;
        IEnumerable<SimulatedTagGroup> groups = tags.Living;
        if (call.Texts("group_id") is { Count: > 0 } groupIds)
        {
            groups = groupIds.Select(tags.FindGroup).OfType<SimulatedTagGroup>();
        }
        else if (call.Texts("tag_id") is { Count: > 0 } tagIds)
        {
            groups = tagIds.Select(tags.FindTag).OfType<(SimulatedTagGroup Group, SimulatedTag Tag)>()
                .GroupBy(t => t.Group.Id).Select(g => g.First().Group with { Tags = [.. g.Select(t => t.Tag)] });
        }

        var answer = Answer.Ok();
        answer["tag_group"] = new JsonArray([.. groups.Select(g => (JsonNode)GroupJson(g, g.Tags))]);
        return answer;
    }

    private static JsonObject Add(ApiCall call)
    {
        var tags = call.Corp.Tags;
        var (groupId, groupName) = (call.Text("group_id"), call.Text("group_name"));
        if (call.Body["tag"] is not JsonArray { Count: > 0 } wanted) return Answer.Error(40063, "tag is empty");
        var names = wanted.Select(t => (t as JsonObject)?["name"]?.ToString() ?? "").ToList();
        if (names.Exists(n => n.Length is 0 or > NameLimit)) return Answer.Error(40072);
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Count) return Answer.Error(40071);
        if (tags.LivingTags + names.Count > call.Corp.Options.Limits.CorpTags) return Answer.Error(40126);
        SimulatedTagGroup? group;
        if (!string.IsNullOrEmpty(groupId))
        {
            group = tags.FindGroup(groupId);
            if (group is not { Deleted: false }) return Answer.Error(40068);
        }
        else
        {
            if (groupName is null or { Length: 0 or > NameLimit }) return Answer.Error(40072);
            group = tags.FindGroupByName(groupName);
        }

        if (group is not null && group.Tags.Exists(t => !t.Deleted && names.Contains(t.Name))) return Answer.Error(40071);
        group ??= new SimulatedTagGroup(call.Corp.Ids.Id("et"), groupName!, call.Number("order") ?? 0, call.Now, []) { CreatedBy = call.App.Name };
        var created = wanted.Zip(names, (t, name) => new SimulatedTag(call.Corp.Ids.Id("et"), name, Order(t), call.Now) { CreatedBy = call.App.Name }).ToImmutableList();
        tags.Put(group with { Tags = group.Tags.AddRange(created) });
        foreach (var tag in created) call.Ledger.Add(new TagDefinitionEntry(call.Corp.CorpId, call.App.Name, "created", tag.Id, tag.Name));
        var answer = Answer.Ok();
        answer["tag_group"] = GroupJson(group, created);
        return answer;
    }

    private static JsonObject Edit(ApiCall call)
    {
        var tags = call.Corp.Tags;
        var (id, name) = (call.Text("id") ?? "", call.Text("name"));
        if (name?.Length is 0 or > NameLimit) return Answer.Error(40072);
        if (tags.FindGroup(id) is { Deleted: false } group)
        {
            if (group.CreatedBy != call.App.Name) return Answer.Error(81011);
            if (name is not null && tags.FindGroupByName(name) is { } other && other.Id != id) return Answer.Error(40071);
            tags.Put(group with { Name = name ?? group.Name, Order = call.Number("order") ?? group.Order });
        }
        else if (tags.FindTag(id) is { Tag.Deleted: false } found)
        {
            if (found.Tag.CreatedBy != call.App.Name) return Answer.Error(81011);
            if (found.Group.Tags.Exists(t => t.Id != id && !t.Deleted && t.Name == name)) return Answer.Error(40071);
            tags.PutTag(found.Tag with { Name = name ?? found.Tag.Name, Order = call.Number("order") ?? found.Tag.Order });
        }
        else
        {
            return Answer.Error(40068);
        }

        call.Ledger.Add(new TagDefinitionEntry(call.Corp.CorpId, call.App.Name, "edited", id, name ?? ""));
        return Answer.Ok();
    }

    private static JsonObject Delete(ApiCall call)
    {
        var tags = call.Corp.Tags;
        List<string> ids = [.. call.Texts("tag_id") ?? [], .. call.Texts("group_id") ?? []];
        if (ids.Count == 0) return Answer.Error(40063, "tag_id and group_id are empty");
        foreach (var id in ids)
        {
            if (tags.FindGroup(id) is not { Deleted: false } && !tags.IsLiving(id)) return Answer.Error(40068);
            if ((tags.FindGroup(id)?.CreatedBy ?? tags.FindTag(id)?.Tag.CreatedBy) != call.App.Name) return Answer.Error(81011);
        }

        foreach (var id in ids)
        {
            tags.Delete(id, call.Corp.Relations);
            call.Ledger.Add(new TagDefinitionEntry(call.Corp.CorpId, call.App.Name, "deleted", id, ""));
        }

        return Answer.Ok();
    }

    /// <summary>All or nothing: one unknown tag and none is changed.</summary>
    private static JsonObject Mark(ApiCall call)
    {
        var (userId, customer) = (call.Text("userid"), call.Text("external_userid"));
        if (CustomerApi.NoRelation(call, userId, customer) is { } refused) return refused;
        var (add, remove) = (call.Texts("add_tag") ?? [], call.Texts("remove_tag") ?? []);
        if (add.Count == 0 && remove.Count == 0) return Answer.Error(40063, "add_tag and remove_tag are empty");
        if (add.Concat(remove).Any(t => !call.Corp.Tags.IsLiving(t))) return Answer.Error(40068);
        var before = call.Corp.Relations.Find(userId!, customer!)!;
        var after = before.TagIds.AddRange(add.Except(before.TagIds)).RemoveAll(remove.Contains);
        if (after.Count > RelationLimit) return Answer.Error(40058, "invalid parameter: more than 3000 tags on one customer");
        call.Corp.Relations.Put(before with { TagIds = after });
        call.Ledger.Add(new TagMarkEntry
        {
            CorpId = call.Corp.CorpId,
            App = call.App.Name,
            UserId = before.UserId,
            ExternalUserId = before.ExternalUserId,
            Added = add,
            Removed = remove,
        });
        return Answer.Ok();
    }

    private static long Order(JsonNode? tag) => tag?["order"] is JsonValue v && v.TryGetValue(out long order) ? order : 0;

    private static JsonObject GroupJson(SimulatedTagGroup group, IEnumerable<SimulatedTag> tags)
    {
        var json = new JsonObject
        {
            ["group_id"] = group.Id,
            ["group_name"] = group.Name,
            ["create_time"] = group.CreatedAt.ToUnixTimeSeconds(),
            ["order"] = group.Order,
            ["deleted"] = group.Deleted,
            ["tag"] = new JsonArray([.. tags.Select(t => new JsonObject
            {
                ["id"] = t.Id,
                ["name"] = t.Name,
                ["create_time"] = t.CreatedAt.ToUnixTimeSeconds(),
                ["order"] = t.Order,
                ["deleted"] = t.Deleted,
            })]),
        };
        return json;
    }
}
