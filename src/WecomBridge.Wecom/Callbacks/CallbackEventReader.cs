using System.Collections.Frozen;

namespace WecomBridge.Wecom.Callbacks;

/// <summary>Turns a decrypted callback, XML or JSON, into a typed event.</summary>
/// <remarks>
/// Limits, as the intake's: 256 KiB, 32 levels, 20,000 values. Names of events and kinds are compared ignoring case. What is in no list here is an <see cref="UnknownEvent"/>, and so is a known kind without the ids it is about.
/// Source: event pages named in the summary of each event's family, developer.work.weixin.qq.com 92130, 92277, 97299, 90970, 90240, 90239, 91815.
/// </remarks>
public static class CallbackEventReader
{
    /// <summary>App events that are told apart by name; everything else is unknown.</summary>
    public static IReadOnlySet<string> AppEventNames { get; } = FrozenSet.ToFrozenSet(
    [
        "subscribe", "unsubscribe", "enter_agent", "location", "click", "view", "view_miniprogram",
        "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select",
        "template_card_event", "template_card_menu_event", "taskcard_click",
        "share_agent_change", "share_chain_change", "change_chain",
        "inactive_alert", "close_inactive_agent", "reopen_inactive_agent", "low_active_alert", "low_active", "active_restored",
        "unlicensed_notify", "change_app_admin", "upload_media_job_finish", "kf_account_auth_change",
    ], StringComparer.OrdinalIgnoreCase);

    /// <summary>Suite commands that are told apart by name.</summary>
    public static IReadOnlySet<string> SuiteInfoTypes { get; } = FrozenSet.ToFrozenSet(
    [
        "suite_ticket", "create_auth", "change_auth", "cancel_auth", "reset_permanent_code",
        "approve_special_auth", "cancel_special_auth", "customer_acquisition_permit_change",
    ], StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads one callback.</summary>
    /// <param name="plaintext">UTF-8 as decrypted; a byte order mark is allowed.</param>
    /// <exception cref="CallbackUnreadableException">Neither XML nor a JSON object, or beyond the limits. The message holds no content.</exception>
    public static CallbackEvent Read(ReadOnlyMemory<byte> plaintext)
    {
        var fields = new CallbackFields(CallbackDocumentReader.Read(plaintext));
        var name = fields.Text("Event") ?? fields.Text("InfoType");
        var change = fields.Text("ChangeType");
        var read = (name is null ? CallbackFamilies.Message(fields) : ReadNamed(fields, name.ToLowerInvariant(), change?.ToLowerInvariant()))
            ?? new UnknownEvent { Document = fields.Document, Event = name, ChangeType = change };
        return read with { CreateTime = fields.Time("CreateTime") ?? fields.Time("TimeStamp"), SuiteId = fields.Text("SuiteId") };
    }

    /// <summary>Both envelopes share the families; kinds of change are no names of their own, so one is read only within its family.</summary>
    /// <returns>Null when it is of no known kind or lacks its ids.</returns>
    private static CallbackEvent? ReadNamed(CallbackFields fields, string name, string? change) => name switch
    {
        "change_external_contact" => CallbackFamilies.ExternalContact(fields, change),
        "change_external_chat" => CallbackFamilies.ExternalChat(fields, change),
        "change_external_tag" => CallbackFamilies.ExternalTag(fields, change),
        "customer_acquisition" => CallbackFamilies.CustomerAcquisition(fields, change),
        "change_contact" => CallbackFamilies.Contact(fields, change),
        "batch_job_result" => CallbackFamilies.BatchJob(fields),
        "msgaudit_notify" => new ArchiveEvent { Document = fields.Document },
        "kf_msg_or_event" => CallbackFamilies.CustomerService(fields),
        "sys_approval_change" => CallbackFamilies.Approval(fields, isSystem: true),
        "open_approval_change" => CallbackFamilies.Approval(fields, isSystem: false),
        _ when AppEventNames.Contains(name) => CallbackFamilies.App(fields, name),
        _ when SuiteInfoTypes.Contains(name) && fields.Text("Event") is null => CallbackFamilies.Suite(fields, name),
        _ => null,
    };
}
