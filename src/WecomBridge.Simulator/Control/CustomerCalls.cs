using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Control;

/// <summary>Control calls about customers and their relations.</summary>
internal static class CustomerCalls
{
    private const string Pair = "userId, externalUserId";
    private const string Coming = "userId, externalUserId?, name?, mobile?, unionId?, state?, addWay?, withCode?, consentMissing?, greetedElsewhere?, agoMs?";

    public static IEnumerable<ControlCall> All =>
    [
        ControlCall.Happens("customers/add", Coming, "A customer adds a member; without externalUserId a new person.", r => [r.Corp.Customers.Add(r.Need("userId"), Customer(r), Details(r))]),
        ControlCall.Happens("customers/half-add", Coming, "The same, and the member has not added back.", r => [r.Corp.Customers.HalfAdd(r.Need("userId"), Customer(r), Details(r))]),
        ControlCall.Happens("customers/edit", Pair + ", remark?, description?, mobiles?[], addTags?[], removeTags?[]", "The member edits the customer by hand; tags by id.", Edit),
        ControlCall.Happens("customers/remove", Pair, "The member deletes the customer.", r => [r.Corp.Customers.RemoveByStaff(r.Need("userId"), r.Need("externalUserId"))]),
        ControlCall.Happens("customers/leave", Pair, "The customer deletes the member.", r => [r.Corp.Customers.LeaveByCustomer(r.Need("userId"), r.Need("externalUserId"))]),
        ControlCall.Happens("customers/transfer", Pair + ", toUserId", "The customer is handed to another member.", r => r.Corp.Customers.Transfer(r.Need("userId"), r.Need("toUserId"), r.Need("externalUserId"))),
        ControlCall.Happens("customers/fail-transfer", Pair + ", reason?", "A transfer to the member comes to nothing.", r => [r.Corp.Customers.FailTransfer(r.Need("userId"), r.Need("externalUserId"), r.Text("reason") ?? "customer_refused")]),
        ControlCall.Happens("customers/agree", Pair, "The customer agrees to chat archiving.", r => [r.Corp.Customers.AgreeToArchive(r.Need("userId"), r.Need("externalUserId"))]),
        ControlCall.Plain("POST", "customers/chat", Pair, "The two begin to chat; welcome codes are refused from now on.", r =>
        {
            r.Corp.Customers.StartChat(r.Need("userId"), r.Need("externalUserId"));
            return null;
        }),
    ];

    private static IReadOnlyList<Happening> Edit(ControlRequest r) =>
    [
        r.Corp.Customers.Edit(r.Need("userId"), r.Need("externalUserId"), relation => relation with
        {
            Remark = r.Text("remark") ?? relation.Remark,
            Description = r.Text("description") ?? relation.Description,
            RemarkMobiles = r.Texts("mobiles") is { Count: > 0 } mobiles ? [.. mobiles] : relation.RemarkMobiles,
            TagIds = relation.TagIds.RemoveAll(t => r.Texts("removeTags").Contains(t) || r.Texts("addTags").Contains(t)).AddRange(r.Texts("addTags")),
        }),
    ];

    private static string Customer(ControlRequest r)
    {
        var id = r.Text("externalUserId") ?? r.Corp.State.Ids.Id("wm");
        if (r.Text("name") is { } name) r.Corp.Customers.Put(new SimulatedCustomer(id, name) { Mobile = r.Text("mobile"), UnionId = r.Text("unionId") });
        return id;
    }

    private static AddDetails Details(ControlRequest r) => new()
    {
        State = r.Text("state"),
        AddWay = r.Number("addWay") ?? 1,
        WithCode = r.Flag("withCode") ?? true,
        ConsentMissing = r.Flag("consentMissing") ?? false,
        GreetedElsewhere = r.Flag("greetedElsewhere") ?? false,
        Ago = r.Milliseconds("agoMs") ?? TimeSpan.Zero,
    };
}
