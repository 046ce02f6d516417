using System.Text;
using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>Greetings that group owners can choose from (api.md 4).</summary>
internal static class WelcomeTemplateApi
{
    private const string Prefix = "externalcontact/group_welcome_template/";
    private const int Most = 100;
    private const int TextBytes = 3000;

    /// <summary>When several are given the first of these is taken.</summary>
    private static readonly string[] Kinds = ["image", "link", "miniprogram", "file", "video"];

    public static IEnumerable<ApiRoute> Routes =>
    [
        new(Prefix + "add", IsPost: true, Add),
        new(Prefix + "edit", IsPost: true, Edit),
        new(Prefix + "get", IsPost: true, Get),
        new(Prefix + "del", IsPost: true, Delete),
    ];

    private static JsonObject Add(ApiCall call)
    {
        if (call.Corp.WelcomeTemplates.Count >= Most) throw new ApiRefusal(41055);
        var template = new StoredRecord(call.Corp.Ids.Id("msg"), call.App.Name, call.Now, Content(call));
        call.Corp.WelcomeTemplates.Add(template);
        call.Note("welcome-template", "created", template.Id);
        var answer = Answer.Ok();
        answer["template_id"] = template.Id;
        return answer;
    }

    private static JsonObject Edit(ApiCall call)
    {
        var template = Own(call);
        var content = Content(call);
        template.Content.Clear();
        foreach (var (name, value) in content.ToList()) template.Content[name] = value?.DeepClone();
        call.Note("welcome-template", "edited", template.Id);
        return Answer.Ok();
    }

    private static JsonObject Get(ApiCall call)
    {
        var answer = Answer.Ok();
        foreach (var (name, value) in Own(call).Content.ToList()) answer[name] = value?.DeepClone();
        return answer;
    }

    private static JsonObject Delete(ApiCall call)
    {
        var template = Own(call);
        call.Corp.WelcomeTemplates.Remove(template);
        call.Note("welcome-template", "deleted", template.Id);
        return Answer.Ok();
    }

    private static StoredRecord Own(ApiCall call)
    {
        var template = call.Corp.WelcomeTemplates.Find(call.Need("template_id")) ?? throw ApiRefusal.Parameter("template_id", "is unknown");
        return template.App == call.App.Name ? template : throw new ApiRefusal(41058);
    }

    /// <summary>What <c>get</c> answers later: an image comes back as an address.</summary>
    private static JsonObject Content(ApiCall call)
    {
        var text = Fields.Part(call.Body, "text") is { } part ? Fields.Text(part, "content") ?? "" : "";
        var kind = Array.Find(Kinds, k => Fields.Part(call.Body, k) is not null);
        if (text.Length == 0 && kind is null) throw new ApiRefusal(44004);
        if (Encoding.UTF8.GetByteCount(text) > TextBytes) throw new ApiRefusal(45002);
        var content = new JsonObject();
        if (text.Length > 0) content["text"] = new JsonObject { ["content"] = text };
        if (kind is null) return content;
        var attachment = Fields.Part(call.Body, kind)!;
        Attachments.CheckContent(kind, attachment, call);
        content[kind] = kind == "image" ? new JsonObject { ["pic_url"] = Fields.Text(attachment, "pic_url") ?? $"https://img.example/media/{Fields.Text(attachment, "media_id")}/0" } : attachment.DeepClone();
        return content;
    }
}
