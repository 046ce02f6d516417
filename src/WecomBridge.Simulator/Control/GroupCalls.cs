namespace WecomBridge.Simulator.Control;

/// <summary>Control calls about customer groups.</summary>
internal static class GroupCalls
{
    public static IEnumerable<ControlCall> All =>
    [
        ControlCall.Happens("groups/create", "owner, name, members?[]", "A member opens a group; subjectId is its chatId.", r => [r.Corp.Groups.Create(r.Need("owner"), r.Need("name"), r.Texts("members"))]),
        ControlCall.Happens("groups/join", "chatId, members[], joinScene? (0 invited, 3 QR code), state?", "People join.", r => [r.Corp.Groups.Join(r.Need("chatId"), r.Texts("members"), r.Number("joinScene") ?? 3, r.Text("state") ?? "")]),
        ControlCall.Happens("groups/leave", "chatId, members[], quitScene? (0 themselves, 1 removed)", "People leave.", r => [r.Corp.Groups.Leave(r.Need("chatId"), r.Texts("members"), r.Number("quitScene") ?? 0)]),
        ControlCall.Happens("groups/rename", "chatId, name", "The group gets another name.", r => [r.Corp.Groups.Rename(r.Need("chatId"), r.Need("name"))]),
        ControlCall.Happens("groups/notice", "chatId, notice", "The group gets another announcement.", r => [r.Corp.Groups.ChangeNotice(r.Need("chatId"), r.Need("notice"))]),
        ControlCall.Happens("groups/owner", "chatId, owner", "The group gets another owner.", r => [r.Corp.Groups.ChangeOwner(r.Need("chatId"), r.Need("owner"))]),
        ControlCall.Happens("groups/dismiss", "chatId", "The owner dissolves the group.", r => [r.Corp.Groups.Dismiss(r.Need("chatId"))]),
    ];
}
