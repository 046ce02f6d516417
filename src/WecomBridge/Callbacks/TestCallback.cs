using System.Globalization;
using System.Security;
using System.Text;

namespace WecomBridge.Callbacks;

/// <summary>Plaintexts of callbacks for trying a running service, as WeCom would write them.</summary>
internal sealed record TestCallback
{
    private const string Contact = "change_external_contact";
    private const string Chat = "change_external_chat";
    private const string Tag = "change_external_tag";

    private static readonly Dictionary<string, (string Event, string Change, string? Detail)> Known = new(StringComparer.Ordinal)
    {
        ["customer.added"] = (Contact, "add_external_contact", null),
        ["customer.half_added"] = (Contact, "add_half_external_contact", null),
        ["customer.edited"] = (Contact, "edit_external_contact", null),
        ["customer.removed"] = (Contact, "del_external_contact", null),
        ["customer.left"] = (Contact, "del_follow_user", null),
        ["group.created"] = (Chat, "create", null),
        ["group.renamed"] = (Chat, "update", "change_name"),
        ["group.owner_changed"] = (Chat, "update", "change_owner"),
        ["group.dismissed"] = (Chat, "dismiss", null),
        ["tag.created"] = (Tag, "create", null),
        ["tag.updated"] = (Tag, "update", null),
        ["tag.deleted"] = (Tag, "delete", null),
    };

    /// <summary>Events that can be sent, as subscribers know them.</summary>
    public static IReadOnlyCollection<string> Events => Known.Keys;

    /// <summary>One of <see cref="Events"/>.</summary>
    public required string Event { get; init; }

    /// <summary>The platform's id of the corp.</summary>
    public required string CorpId { get; init; }

    /// <summary>Staff member.</summary>
    public required string UserId { get; init; }

    /// <summary>Customer, group or tag.</summary>
    public required string Subject { get; init; }

    /// <summary>Channel; null for none.</summary>
    public string? State { get; init; }

    /// <summary>When it is said to have happened; whole seconds.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The XML. Without a welcome code: nobody would take a greeting for it.</summary>
    public string ToXml()
    {
        var (name, change, detail) = Known[Event];
        var xml = new StringBuilder("<xml>");
        Add("ToUserName", CorpId);
        Add("FromUserName", "sys");
        xml.Append(CultureInfo.InvariantCulture, $"<CreateTime>{At.ToUnixTimeSeconds()}</CreateTime>");
        Add("MsgType", "event");
        Add("Event", name);
        Add("ChangeType", change);
        if (name == Contact) Add("UserID", UserId);
        Add(name switch { Contact => "ExternalUserID", Chat => "ChatId", _ => "Id" }, Subject);
        if (name == Tag) Add("TagType", "tag");
        if (detail is not null) Add("UpdateDetail", detail);
        if (State is not null) Add("State", State);
        return xml.Append("</xml>").ToString();

        void Add(string element, string value) => xml.Append(CultureInfo.InvariantCulture, $"<{element}>{SecurityElement.Escape(value)}</{element}>");
    }
}
