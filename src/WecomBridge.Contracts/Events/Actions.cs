namespace WecomBridge.Contracts;

/// <summary>The closed list of actions of <c>app.*</c>: WeCom's event names in lower case.</summary>
public static class AppActions
{
    /// <summary>Every action.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "subscribe",
        "unsubscribe",
        "enter_agent",
        "location",
        "click",
        "view",
        "view_miniprogram",
        "scancode_push",
        "scancode_waitmsg",
        "pic_sysphoto",
        "pic_photo_or_album",
        "pic_weixin",
        "location_select",
        "template_card_event",
        "template_card_menu_event",
        "taskcard_click",
        "share_agent_change",
        "share_chain_change",
        "change_chain",
        "inactive_alert",
        "close_inactive_agent",
        "reopen_inactive_agent",
        "low_active_alert",
        "low_active",
        "active_restored",
        "unlicensed_notify",
        "change_app_admin",
        "upload_media_job_finish",
        "kf_account_auth_change",
    ];
}

/// <summary>The closed list of actions of <c>suite.*</c>: WeCom's <c>InfoType</c> in lower case.</summary>
public static class SuiteActions
{
    /// <summary>Every action. <c>customer_acquisition_permit_change</c> is one word too long for a routing key and is called <c>acquisition_permit_change</c>.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "suite_ticket",
        "create_auth",
        "change_auth",
        "cancel_auth",
        "reset_permanent_code",
        "approve_special_auth",
        "cancel_special_auth",
        "acquisition_permit_change",
    ];
}
