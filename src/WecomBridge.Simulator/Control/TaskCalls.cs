using System.Text.Json.Nodes;

namespace WecomBridge.Simulator.Control;

/// <summary>Control calls about what apps have made through the API: codes that are scanned, tasks that are confirmed, files that die.</summary>
internal static class TaskCalls
{
    public static IEnumerable<ControlCall> All =>
    [
        ControlCall.Happens("contact-ways/scan", "configId, externalUserId", "A customer scans a contact way and is added.", r => [r.Corp.ContactWays.Scan(r.Need("configId"), r.Need("externalUserId"))]),
        ControlCall.Happens("join-ways/scan", "configId, externalUserId", "A customer scans a join way and joins its group.", r => [r.Corp.ContactWays.ScanJoinWay(r.Need("configId"), r.Need("externalUserId"))]),
        ControlCall.Happens("service/write", "openKfId, externalUserId, text", "A customer writes to a customer-service account.", r => [r.Corp.Tasks.WriteToService(r.Need("openKfId"), r.Need("externalUserId"), r.Need("text"))]),
        ControlCall.Plain("POST", "tasks/confirm", "id (msgid or moment_id), userId", "A member confirms a mass message or publishes a moment.", r =>
        {
            r.Corp.Tasks.Confirm(r.Need("id"), r.Need("userId"));
            return null;
        }),
        ControlCall.Plain("POST", "staff/resign", "userId", "A member leaves; customers and groups can be handed over.", r =>
        {
            r.Corp.Tasks.Resign(r.Need("userId"));
            return null;
        }),
        ControlCall.Plain("POST", "media/expire", "", "Every uploaded file dies at once (40007).", r => new JsonObject { ["expired"] = r.Corp.Tasks.ExpireMedia() }),
    ];
}
