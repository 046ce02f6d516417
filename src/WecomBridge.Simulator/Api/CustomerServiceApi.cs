using System.Text.Json.Nodes;

namespace WecomBridge.Simulator.Api;

/// <summary>Messages to customer-service accounts (api.md 17).</summary>
internal static class CustomerServiceApi
{
    private const int MostUntokened = 10;
    private const int CursorBytes = 64;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(3);

    public static IEnumerable<ApiRoute> Routes => [new("kf/sync_msg", IsPost: true, Sync) { IsList = true }];

    /// <summary>The cursor never ends: it says where new messages will go on; <c>has_more</c> ends the loop.</summary>
    private static JsonObject Sync(ApiCall call)
    {
        var account = call.Need("open_kfid");
        call.ShortBytes("cursor", CursorBytes);
        call.Number("voice_format", 0, 1, 0);
        var limit = (int)call.Number("limit", 1, 1000, 1000);
        if (!call.Corp.CustomerService.Accounts.Contains(account)) throw new ApiRefusal(95000);
        CheckToken(call, account);
        var from = call.Text("cursor") is { Length: > 0 } cursor ? int.TryParse(cursor.AsSpan(1), out var place) ? place : throw new ApiRefusal(50100) : 0;
        var messages = call.Corp.CustomerService.After(account, from, call.Now - Kept).Take(limit + 1).ToList();
        var page = messages.Take(limit).ToList();
        var answer = Answer.Ok();
        answer["next_cursor"] = $"k{(page.Count > 0 ? page[^1].Number : from)}";
        answer["has_more"] = messages.Count > limit ? 1 : 0;
        answer["msg_list"] = new JsonArray([.. page.Select(m => new JsonObject
        {
            ["msgid"] = m.Id,
            ["open_kfid"] = account,
            ["external_userid"] = m.ExternalUserId,
            ["send_time"] = m.At.ToUnixTimeSeconds(),
            ["origin"] = 3,
            ["msgtype"] = "text",
            ["text"] = new JsonObject { ["content"] = m.Text },
        })]);
        return answer;
    }

    private static void CheckToken(ApiCall call, string account)
    {
        if (call.Text("token") is not { Length: > 0 } token)
        {
            if (!call.Corp.Counters.Spend("sync_msg without token", MostUntokened, TimeSpan.FromMinutes(1), call.Now)) throw new ApiRefusal(45009);
        }
        else if (!call.Corp.CustomerService.IsToken(token, account, call.Now))
        {
            throw new ApiRefusal(95007);
        }
    }
}
