namespace WecomBridge.Contracts;

/// <summary>Known words of <see cref="ProfileRelation.AddWay"/>; a number without a word passes as text.</summary>
public static class AddWays
{
    /// <summary>WeCom does not say.</summary>
    public const string Unknown = "unknown";

    /// <summary>Scanned a QR code.</summary>
    public const string QrCode = "qr_code";

    /// <summary>Searched by phone number.</summary>
    public const string PhoneSearch = "phone_search";

    /// <summary>Name card.</summary>
    public const string Card = "card";

    /// <summary>Group chat.</summary>
    public const string GroupChat = "group_chat";

    /// <summary>Phone's address book.</summary>
    public const string AddressBook = "address_book";

    /// <summary>WeChat contact.</summary>
    public const string WechatContact = "wechat_contact";

    /// <summary>WeChat friend request, the old way.</summary>
    public const string WechatRequest = "wechat_request";

    /// <summary>Added by a third-party app.</summary>
    public const string ThirdPartyApp = "third_party_app";

    /// <summary>Searched by mail address.</summary>
    public const string EmailSearch = "email_search";

    /// <summary>Channels (视频号).</summary>
    public const string Channels = "channels";

    /// <summary>Participants of a schedule.</summary>
    public const string Schedule = "schedule";

    /// <summary>Participants of a meeting.</summary>
    public const string Meeting = "meeting";

    /// <summary>The WeCom account of a WeChat friend.</summary>
    public const string WechatFriend = "wechat_friend";

    /// <summary>Smart hardware service.</summary>
    public const string Hardware = "hardware";

    /// <summary>On-site service.</summary>
    public const string OnSite = "on_site";

    /// <summary>Acquisition link.</summary>
    public const string AcquisitionLink = "acquisition_link";

    /// <summary>Custom development.</summary>
    public const string Custom = "custom";

    /// <summary>Reply to a demand.</summary>
    public const string DemandReply = "demand_reply";

    /// <summary>Third party before the sale.</summary>
    public const string ThirdPartyPresales = "third_party_presales";

    /// <summary>Possible business partner.</summary>
    public const string BusinessPartner = "business_partner";

    /// <summary>Accepted a friend request of a WeChat account.</summary>
    public const string AcceptedWechat = "accepted_wechat";

    /// <summary>Shared by another staff member.</summary>
    public const string SharedByStaff = "shared_by_staff";

    /// <summary>Assigned by an administrator.</summary>
    public const string Assigned = "assigned";
}
