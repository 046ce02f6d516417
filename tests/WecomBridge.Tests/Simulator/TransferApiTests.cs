namespace WecomBridge.Tests.Simulator;

public sealed class TransferApiTests
{
    [Fact]
    public async Task A_transfer_waits_and_is_done_when_the_platform_has_done_it()
    {
        await using var wecom = await StartAsync();
        wecom.Corp.Customers.Add("zhang", "wm1");
        wecom.Corp.Customers.Add("zhang", "wm2");
        wecom.Corp.Customers.Add("li", "wm3");
        var started = await wecom.PostAsync("externalcontact/transfer_customer", new { handover_userid = "zhang", takeover_userid = "li", external_userid = new[] { "wm1", "wm2", "wm3", "wm4" } });
        started.List("customer").Select(c => c!["errcode"]!.GetValue<int>()).ShouldBe([0, 0, 40131, 40096]);
        var again = await wecom.PostAsync("externalcontact/transfer_customer", new { handover_userid = "zhang", takeover_userid = "li", external_userid = new[] { "wm1" } });
        again.List("customer").ShouldHaveSingleItem()!["errcode"]!.GetValue<int>().ShouldBe(40100);
        (await StatusesAsync(wecom)).ShouldBe([2, 2]);
        wecom.Clock.Move(TimeSpan.FromHours(24));
        wecom.Corp.Customers.Transfer("zhang", "li", "wm1");
        wecom.Corp.Customers.FailTransfer("li", "wm2", "customer_refused");
        (await StatusesAsync(wecom)).ShouldBe([1, 3]);
        (await wecom.PostAsync("externalcontact/transfer_customer", new { handover_userid = "zhang", takeover_userid = "zhang", external_userid = new[] { "wm1" } })).Code().ShouldBe(40130);
    }

    [Fact]
    public async Task Customers_of_those_who_left_wait_in_a_list_until_they_are_handed_over()
    {
        await using var wecom = await StartAsync();
        wecom.Corp.Customers.Add("zhang", "wm1");
        wecom.Corp.Customers.Add("zhang", "wm2");
        var body = new { handover_userid = "zhang", takeover_userid = "li", external_userid = new[] { "wm1" } };
        (await wecom.PostAsync("externalcontact/resigned/transfer_customer", body)).Code().ShouldBe(40097);
        wecom.Corp.Tasks.Resign("zhang");
        var first = await wecom.PostAsync("externalcontact/get_unassigned_list", new { page_size = 1 });
        (first.List("info").Count, first["is_last"]!.GetValue<bool>()).ShouldBe((1, false));
        var second = await wecom.PostAsync("externalcontact/get_unassigned_list", new { page_size = 1, cursor = first.Text("next_cursor") });
        (second.List("info").ShouldHaveSingleItem().Text("external_userid"), second.Text("next_cursor")).ShouldBe(("wm2", ""));
        (await wecom.PostAsync("externalcontact/get_unassigned_list", new { page_id = 1, page_size = 1 })).List("info").ShouldHaveSingleItem();
        (await wecom.PostAsync("externalcontact/get_unassigned_list", new { page_id = 50, page_size = 1000 })).Code().ShouldBe(40058);
        (await wecom.PostAsync("externalcontact/resigned/transfer_customer", body)).List("customer").ShouldHaveSingleItem()!["errcode"]!.GetValue<int>().ShouldBe(0);
        (await wecom.PostAsync("externalcontact/resigned/transfer_result", new { handover_userid = "zhang", takeover_userid = "li" })).List("customer").ShouldHaveSingleItem()!["status"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task Groups_are_handed_over_one_by_one_and_refusals_are_named()
    {
        await using var wecom = await StartAsync();
        var chat = wecom.Corp.Groups.Create("zhang", "G", "wm1").SubjectId;
        var left = await wecom.PostAsync("externalcontact/groupchat/transfer", new { chat_id_list = new[] { chat, "wrNothing" }, new_owner = "li" });
        left.List("failed_chat_list").Select(f => f!["errcode"]!.GetValue<int>()).ShouldBe([90500, 90501]);
        (await wecom.PostAsync("externalcontact/groupchat/onjob_transfer", new { chat_id_list = new[] { chat }, new_owner = "li" })).List("failed_chat_list").ShouldBeEmpty();
        wecom.Corp.Groups.Find(chat).Owner.ShouldBe("li");
        var same = await wecom.PostAsync("externalcontact/groupchat/onjob_transfer", new { chat_id_list = new[] { chat }, new_owner = "li" });
        same.List("failed_chat_list").ShouldHaveSingleItem()!["errcode"]!.GetValue<int>().ShouldBe(90504);
        var list = await wecom.PostAsync("externalcontact/groupchat/list", new { limit = 10, status_filter = 3 });
        list.List("group_chat_list").ShouldHaveSingleItem()!["status"]!.GetValue<int>().ShouldBe(3);
    }

    private static async Task<SimulatorFixture> StartAsync()
    {
        var wecom = await SimulatorFixture.StartAsync();
        foreach (var user in new[] { "zhang", "li" }) wecom.Corp.Put(new(user, user));
        return wecom;
    }

    private static async Task<IEnumerable<int>> StatusesAsync(SimulatorFixture wecom) =>
        (await wecom.PostAsync("externalcontact/transfer_result", new { handover_userid = "zhang", takeover_userid = "li" })).List("customer").Select(c => c!["status"]!.GetValue<int>());
}
