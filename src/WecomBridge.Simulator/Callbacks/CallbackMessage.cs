using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WecomBridge.Simulator.Callbacks;

/// <summary>One element of a callback: text, digits, or a list of <c>Item</c>.</summary>
internal sealed record CallbackField(string Name, string Value, bool IsNumber = false, IReadOnlyList<string>? Items = null);

/// <summary>The plaintext of a callback before it is written as XML or JSON (events.md 1.1).</summary>
internal sealed record CallbackMessage(string CorpId, DateTimeOffset CreatedAt, string Event, string ChangeType, IReadOnlyList<CallbackField> Fields)
{
    /// <summary>The one event without a sender (events.md 10).</summary>
    private const string SenderlessEvent = "kf_msg_or_event";
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The plaintext itself, when somebody wrote it by hand.</summary>
    public string? Raw { get; init; }

    public string Kind => ChangeType.Length == 0 ? Event : $"{Event}/{ChangeType}";

    public string? this[string name] => Fields.FirstOrDefault(f => f.Name == name)?.Value;

    public CallbackMessage With(string name, string value) => this with { Fields = [.. Fields, new CallbackField(name, value)] };

    public string Write(CallbackFormat format) => Raw ?? (format == CallbackFormat.Xml ? WriteXml() : WriteJson());

    private string WriteXml()
    {
        var xml = new StringBuilder("<xml>");
        foreach (var field in AllFields())
        {
            xml.Append('<').Append(field.Name).Append('>');
            if (field.Items is not null) xml.AppendJoin("", field.Items.Select(i => $"<Item>{Escape(i)}</Item>"));
            else if (field.IsNumber) xml.Append(field.Value);
            else xml.Append("<![CDATA[").Append(field.Value.Replace("]]>", "]]]]><![CDATA[>", StringComparison.Ordinal)).Append("]]>");
            xml.Append("</").Append(field.Name).Append('>');
        }

        return xml.Append("</xml>").ToString();
    }

    private string WriteJson()
    {
        var json = new JsonObject();
        foreach (var field in AllFields())
        {
            json[field.Name] = field.Items is not null
                ? new JsonObject { ["Item"] = new JsonArray([.. field.Items.Select(i => (JsonNode)i)]) }
                : field.IsNumber ? long.Parse(field.Value) : field.Value;
        }

        return json.ToJsonString(Json);
    }

    private IEnumerable<CallbackField> AllFields()
    {
        yield return new CallbackField("ToUserName", CorpId);
        if (Event != SenderlessEvent) yield return new CallbackField("FromUserName", "sys");
        yield return new CallbackField("CreateTime", CreatedAt.ToUnixTimeSeconds().ToString(), IsNumber: true);
        yield return new CallbackField("MsgType", "event");
        yield return new CallbackField("Event", Event);
        if (ChangeType.Length > 0) yield return new CallbackField("ChangeType", ChangeType);
        foreach (var field in Fields) yield return field;
    }

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
