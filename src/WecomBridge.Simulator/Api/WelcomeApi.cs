using System.Text.Json.Nodes;
using WecomBridge.Simulator.Ledger;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>Greetings (api.md 4). A code that is refused for the message's form is not spent.</summary>
internal static class WelcomeApi
{
    private const int TextBytes = 4000;

    public static IEnumerable<ApiRoute> Routes =>
    [
        new("externalcontact/send_welcome_msg", IsPost: true, Send)
        {
            Exclusive = c => Occasion(c) is { Greeted: false } occasion ? $"greeting {occasion.Number}" : null,
            BusyCode = 41096,
        },
    ];

    private static WelcomeOccasion? Occasion(ApiCall call) => call.Text("welcome_code") is { Length: > 0 } code ? call.Corp.WelcomeCodes.Find(code, call.App.Name) : null;

    private static JsonObject Send(ApiCall call)
    {
        if (string.IsNullOrEmpty(call.Text("welcome_code"))) return Answer.Error(41049);
        var (text, attachments) = Attachments.Message(call, TextBytes);
        if (Occasion(call) is not { } occasion) return Answer.Error(41050, "invalid welcome_code");
        if (occasion.Greeted) return Answer.Error(41051, "welcome msg has been sent");
        var age = call.Now - occasion.AddedAt;
        if (age > WelcomeCodes.Life) return Answer.Error(41050, "welcome_code expired");
        var relation = call.Corp.Relations.Find(occasion.Relation.UserId, occasion.Relation.ExternalUserId);
        if (relation is { Chatting: true }) return Answer.Error(41051, "external user has started chatting");
        if (occasion.ConsentMissing) return Answer.Error(41053);
        occasion.Greeted = true;
        call.Ledger.Add(new WelcomeEntry
        {
            CorpId = call.Corp.CorpId,
            App = call.App.Name,
            UserId = occasion.Relation.UserId,
            ExternalUserId = occasion.Relation.ExternalUserId,
            Add = occasion.Relation.AddNumber,
            Text = text,
            Attachments = [.. attachments.Select(a => a["msgtype"]!.ToString())],
            AgeMs = age.TotalMilliseconds,
        });
        return Answer.Ok();
    }
}
