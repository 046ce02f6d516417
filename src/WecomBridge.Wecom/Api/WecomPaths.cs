namespace WecomBridge.Wecom.Api;

/// <summary>Paths under <c>cgi-bin/</c>, as the platform's documentation names them.</summary>
public static class WecomPaths
{
    /// <summary>GET: an app's token.</summary>
    public const string GetToken = "gettoken";

    /// <summary>POST: greeting of a new contact.</summary>
    public const string SendWelcomeMessage = "externalcontact/send_welcome_msg";

    /// <summary>GET: a customer with their followers.</summary>
    public const string ExternalContactGet = "externalcontact/get";

    /// <summary>POST: what a member notes about a customer.</summary>
    public const string ExternalContactRemark = "externalcontact/remark";

    /// <summary>POST: corp tags.</summary>
    public const string CorpTagList = "externalcontact/get_corp_tag_list";

    /// <summary>POST: new corp tags.</summary>
    public const string AddCorpTag = "externalcontact/add_corp_tag";

    /// <summary>POST: tags of a customer.</summary>
    public const string MarkTag = "externalcontact/mark_tag";

    /// <summary>POST: a customer group.</summary>
    public const string GroupChatGet = "externalcontact/groupchat/get";

    /// <summary>GET: a member.</summary>
    public const string UserGet = "user/get";

    /// <summary>POST: temporary media.</summary>
    public const string MediaUpload = "media/upload";

    /// <summary>POST: message of an app to staff.</summary>
    public const string MessageSend = "message/send";
}
