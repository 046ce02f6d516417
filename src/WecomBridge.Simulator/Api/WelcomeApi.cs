using System.Text;
using System.Text.Json.Nodes;
using WecomBridge.Simulator.Ledger;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>Greetings (api.md 4). A code that is refused for the message's form is not spent.</summary>
internal static class WelcomeApi
{
    private const int TextBytes = 4000;
    private const int MaxAttachments = 9;

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
        if (string.IsNullOrEmpty(call.Text("welcome_code"))) return Answer.Error(41049, "missing welcome_code");
        var text = (call.Body["text"] as JsonObject)?["content"]?.ToString() ?? "";
        var attachments = call.Body["attachments"] as JsonArray ?? [];
        if (text.Length == 0 && attachments.Count == 0) return Answer.Error(44004, "text and attachments are empty");
        if (Encoding.UTF8.GetByteCount(text) > TextBytes) return Answer.Error(45002, "message content too large");
        if (attachments.Count > MaxAttachments) return Answer.Error(41064, "too many attachments");
        if (attachments.Select(a => Attachments.Refuse(a as JsonObject, call)).FirstOrDefault(r => r is not null) is { } bad) return bad;
        if (Occasion(call) is not { } occasion) return Answer.Error(41050, "invalid welcome_code");
        if (occasion.Greeted) return Answer.Error(41051, "welcome msg has been sent");
        var age = call.Now - occasion.AddedAt;
        if (age > WelcomeCodes.Life) return Answer.Error(41050, "welcome_code expired");
        var relation = call.Corp.Relations.Find(occasion.Relation.UserId, occasion.Relation.ExternalUserId);
        if (relation is { Chatting: true }) return Answer.Error(41051, "external user has started chatting");
        if (occasion.ConsentMissing) return Answer.Error(41053, "external user has not agreed to chat archiving");
        occasion.Greeted = true;
        call.Ledger.Add(new WelcomeEntry
        {
            CorpId = call.Corp.CorpId,
            App = call.App.Name,
            UserId = occasion.Relation.UserId,
            ExternalUserId = occasion.Relation.ExternalUserId,
            Add = occasion.Relation.AddNumber,
            Text = text,
            Attachments = [.. attachments.Select(a => a!["msgtype"]!.ToString())],
            AgeMs = age.TotalMilliseconds,
        });
        return Answer.Ok();
    }
}
