using System.Text.Json.Nodes;

namespace WecomBridge.Simulator.Control;

/// <summary>Control calls about acquisition links.</summary>
internal static class LinkCalls
{
    public static IEnumerable<ControlCall> All =>
    [
        ControlCall.Plain("POST", "links/create", "name, users[]", "A link that leads to these members; answers its linkId. No callback.", r => new JsonObject { ["linkId"] = r.Corp.Links.Create(r.Need("name"), r.Texts("users")).LinkId }),
        ControlCall.Happens("links/come", "linkId, externalUserId, channel?", "A customer comes by the link.", r => r.Corp.Links.Come(r.Need("linkId"), r.Need("externalUserId"), r.Text("channel") ?? "")),
        ControlCall.Happens("links/write", "linkId, externalUserId", "A customer who came by the link writes; the 3rd, 5th and 10th message give a chat key.", r => r.Corp.Links.Write(r.Need("linkId"), r.Need("externalUserId"))),
        ControlCall.Happens("links/delete", "linkId", "An administrator deletes the link.", r => [r.Corp.Links.Delete(r.Need("linkId"))]),
    ];
}
