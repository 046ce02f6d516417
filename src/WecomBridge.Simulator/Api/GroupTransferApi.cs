using System.Text.Json.Nodes;

namespace WecomBridge.Simulator.Api;

/// <summary>Groups handed to another owner (api.md 10), group by group.</summary>
internal static class GroupTransferApi
{
    private const int Most = 100;
    private const int GroupsPerDay = 300;
    private const int TransfersPerGroup = 2;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan TransferSpan = TimeSpan.FromDays(90);

    public static IEnumerable<ApiRoute> Routes =>
    [
        new("externalcontact/groupchat/onjob_transfer", IsPost: true, c => Transfer(c, resigned: false)),
        new("externalcontact/groupchat/transfer", IsPost: true, c => Transfer(c, resigned: true)),
    ];

    private static JsonObject Transfer(ApiCall call, bool resigned)
    {
        var chats = call.NeedTexts("chat_id_list", Most);
        var owner = call.Member(call.Need("new_owner")).UserId;
        var failed = new JsonArray();
        foreach (var chat in chats)
        {
            if (Take(call, chat, owner, resigned) is var code and not 0) failed.Add(new JsonObject { ["chat_id"] = chat, ["errcode"] = code, ["errmsg"] = ErrorTexts.Of(code) });
        }

        var answer = Answer.Ok();
        answer["failed_chat_list"] = failed;
        return answer;
    }

    private static int Take(ApiCall call, string chat, string owner, bool resigned)
    {
        if (!call.Corp.Groups.TryGetValue(chat, out var history)) return 90501;
        var group = history[^1].Group;
        var done = call.Corp.Transfers.Groups;
        if (group.Dismissed) return 49008;
        if (group.Owner == owner) return 90504;
        if (resigned && !call.Corp.Transfers.Resigned.ContainsKey(group.Owner)) return 90500;
        if (done.Count(g => g.ChatId == chat && g.At > call.Now - TransferSpan) >= TransfersPerGroup) return 90508;
        if (done.Count(g => g.NewOwner == owner && g.At > call.Now - Day) >= GroupsPerDay) return 45009;
        history.Add((call.Now, group with { Owner = owner }));
        done.Add((chat, owner, call.Now));
        call.Note("group", "transferred", chat);
        return 0;
    }
}
