using System.Text.Json.Nodes;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Wecom.Api.Calls;

public sealed class WecomPagingTests(PlatformFixture fixture) : IClassFixture<PlatformFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_a_missing_cursor_ends_a_listing_and_an_empty_page_does_not()
    {
        Pages(
            """{"group_chat_list":[{"chat_id":"a"}],"next_cursor":"2"}""",
            """{"group_chat_list":[],"next_cursor":"3"}""",
            """{"group_chat_list":null,"next_cursor":"4"}""",
            """{"group_chat_list":[{"chat_id":"b"},{"chat_id":"c"}]}""");

        (await GroupsAsync()).ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task The_pages_after_the_first_ask_for_the_same_with_another_cursor()
    {
        var bodies = Pages("""{"external_contact_list":[],"next_cursor":"two"}""", """{"external_contact_list":[],"next_cursor":""}""");
        var request = new CgibinExternalContactBatchGetByUserRequest { UseridList = ["zhang"], Limit = 7 };

        await foreach (var _ in fixture.Client.ReadFollowedContactsAsync(request, Ct)) { }

        bodies.ShouldBe(["""{"userid_list":["zhang"],"limit":7}""", """{"userid_list":["zhang"],"limit":7,"cursor":"two"}"""]);
        request.Cursor.ShouldBeNull();
    }

    [Fact]
    public async Task A_cursor_that_comes_twice_ends_the_walk_as_a_passing_fault()
    {
        Pages("""{"next_cursor":"2"}""", """{"next_cursor":"3"}""", """{"next_cursor":"2"}""");

        (await Should.ThrowAsync<WecomException>(GroupsAsync)).Failure.ShouldBe(WecomFailure.Transient);
    }

    [Fact]
    public async Task More_pages_than_allowed_end_the_walk_as_a_passing_fault()
    {
        var asked = 0;
        fixture.Answers((_, context) => StandIn.Json(context, $$"""{"next_cursor":"{{++asked}}"}"""));

        var thrown = await Should.ThrowAsync<WecomException>(async () =>
        {
            await foreach (var _ in fixture.Client.ReadPagesAsync(new CgibinExternalContactGroupChatListRequest { Limit = 1 }, maxPages: 5, Ct)) { }
        });

        thrown.Failure.ShouldBe(WecomFailure.Transient);
        asked.ShouldBe(5);
    }

    [Fact]
    public async Task A_lapsed_cursor_is_told_and_nothing_begins_again_by_itself()
    {
        var bodies = Pages("""{"group_chat_list":[{"chat_id":"a"}],"next_cursor":"2"}""", """{"errcode":50100,"errmsg":"invalid cursor"}""");
        List<string?> seen = [];

        var thrown = await Should.ThrowAsync<WecomException>(async () =>
        {
            await foreach (var group in fixture.Client.ReadGroupChatsAsync(new CgibinExternalContactGroupChatListRequest { Limit = 1 }, Ct)) seen.Add(group.ChatId);
        });

        thrown.ErrorCode.ShouldBe(WecomErrorCodes.InvalidCursor);
        seen.ShouldBe(["a"]);
        bodies.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_page_is_asked_for_only_when_the_one_before_is_used()
    {
        var bodies = Pages("""{"group_chat_list":[{"chat_id":"a"}],"next_cursor":"2"}""", """{"group_chat_list":[]}""");

        await foreach (var _ in fixture.Client.ReadGroupChatsAsync(new CgibinExternalContactGroupChatListRequest { Limit = 1 }, Ct)) break;

        bodies.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_walk_ends_with_its_token()
    {
        using var patience = new CancellationTokenSource();
        Pages("""{"group_chat_list":[{"chat_id":"a"}],"next_cursor":"2"}""", """{"group_chat_list":[]}""");

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in fixture.Client.ReadGroupChatsAsync(new CgibinExternalContactGroupChatListRequest { Limit = 1 }, patience.Token)) await patience.CancelAsync();
        });
    }

    [Fact]
    public async Task Figures_go_by_offset_to_their_total()
    {
        var bodies = Pages(
            """{"total":3,"next_offset":2,"items":[{"owner":"zhang"},{"owner":"li"}]}""",
            """{"total":3,"next_offset":3,"items":[{"owner":"wang"}]}""");

        List<string?> owners = [];
        await foreach (var item in fixture.Client.ReadItemsAsync(new CgibinExternalContactGroupChatStatisticRequest { DayBeginTime = 1, OwnerFilter = new OwnerFilter { UseridList = ["zhang"] } }, page => page.Items, Ct)) owners.Add(item.Owner);

        owners.ShouldBe(["zhang", "li", "wang"]);
        bodies.Select(Offset).ShouldBe([null, 2]);
    }

    [Fact]
    public async Task Customers_of_the_resigned_go_by_number_when_begun_by_number()
    {
        var bodies = Pages("""{"info":[{"external_userid":"wm1"}],"is_last":false,"next_cursor":"c"}""", """{"info":[],"is_last":true}""");

        await foreach (var _ in fixture.Client.ReadUnassignedCustomersAsync(new CgibinExternalContactGetUnassignedListRequest { PageId = 0, PageSize = 1 }, Ct)) { }

        bodies.ShouldBe(["""{"page_id":0,"page_size":1}""", """{"page_id":1,"page_size":1}"""]);
    }

    [Fact]
    public async Task Customers_of_the_resigned_go_by_cursor_otherwise()
    {
        var bodies = Pages("""{"info":[],"is_last":false,"next_cursor":"c"}""", """{"info":[],"is_last":true,"next_cursor":""}""");

        await foreach (var _ in fixture.Client.ReadUnassignedCustomersAsync(new CgibinExternalContactGetUnassignedListRequest { PageSize = 1 }, Ct)) { }

        bodies.ShouldBe(["""{"page_size":1}""", """{"cursor":"c","page_size":1}"""]);
    }

    [Fact]
    public async Task Customer_service_ends_where_no_more_is_there_and_keeps_its_cursor()
    {
        Pages("""{"has_more":1,"next_cursor":"c1","msg_list":[{"msgid":"m1"}]}""", """{"has_more":0,"next_cursor":"c2","msg_list":[{"msgid":"m2"}]}""");

        List<CgibinKfSyncMessageResponse> pages = [];
        await foreach (var page in fixture.Client.ReadPagesAsync(new CgibinKfSyncMessageRequest { OpenKfid = "wk1" }, Ct)) pages.Add(page);

        pages.SelectMany(page => page.MsgList).Select(message => message.Msgid).ShouldBe(["m1", "m2"]);
        pages[^1].NextCursor.ShouldBe("c2");
    }

    [Fact]
    public async Task A_member_without_customers_has_an_empty_list()
    {
        fixture.Answers("""{"errcode":84061,"errmsg":"not external contact","external_userid":[]}""");

        (await fixture.Client.GetExternalUserIdsAsync("zhang", Ct)).ShouldBeEmpty();
    }

    /// <summary>Gives the pages one after the other; returns the bodies asked with, as they come in.</summary>
    private List<string> Pages(params string[] pages)
    {
        List<string> bodies = [];
        fixture.Answers((request, context) =>
        {
            bodies.Add(request.Body);
            return StandIn.Json(context, pages[bodies.Count - 1]);
        });
        return bodies;
    }

    private async Task<List<string?>> GroupsAsync()
    {
        List<string?> ids = [];
        await foreach (var group in fixture.Client.ReadGroupChatsAsync(new CgibinExternalContactGroupChatListRequest { Limit = 1000 }, Ct)) ids.Add(group.ChatId);
        return ids;
    }

    private static int? Offset(string body) => JsonNode.Parse(body)!["offset"]?.GetValue<int>();
}
