using System.Text.Json.Nodes;

namespace WecomBridge.Simulator.Control;

/// <summary>Control calls about corp tags, done by an administrator in the console.</summary>
internal static class TagCalls
{
    public static IEnumerable<ControlCall> All =>
    [
        ControlCall.Happens("tags/create-group", "name, tags[]", "A new group with tags; the first subjectId is the group's id.", r => r.Corp.Tags.CreateGroup(r.Need("name"), r.Texts("tags"))),
        ControlCall.Happens("tags/create", "groupId, name", "A new tag; subjectId is its id.", r => [r.Corp.Tags.CreateTag(r.Need("groupId"), r.Need("name"))]),
        ControlCall.Happens("tags/rename", "id, name", "A tag or group gets another name.", r => [r.Corp.Tags.Rename(r.Need("id"), r.Need("name"))]),
        ControlCall.Happens("tags/delete", "id", "A tag, or a group with its tags, is deleted.", r => [r.Corp.Tags.Delete(r.Need("id"))]),
        new ControlCall("POST", "tags/mark-by-api", "app?, userId, externalUserId, add?[], remove?[]", "Another system sets tags through the API: not called back. Answers the code.", async r =>
            new JsonObject { ["errcode"] = await r.Simulator.MarkTagsAsync(r.App, r.Need("userId"), r.Need("externalUserId"), r.Texts("add"), r.Texts("remove"), r.Corp.CorpId).ConfigureAwait(false) }),
        ControlCall.Happens("tags/shuffle", "groupId?", "Tags of a group, or all groups, change order.", r => [r.Corp.Tags.Shuffle(r.Text("groupId"))]),
    ];
}
