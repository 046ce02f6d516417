namespace WecomBridge.Wecom.Api;

/// <content>Licences, archive, page scripts, uploads.</content>
internal static partial class WecomErrorTable
{
    private static Row[] LicencesAndUploads =>
    [
        new(WecomFailure.Rejected, 701001, "licence order or activation refused", Remedies.Licence) { Last = 701007 },
        new(WecomFailure.Rejected, 701009, "licence order or activation refused", Remedies.Licence) { Last = 701090 },
        new(WecomFailure.Rejected, 701008, "no member of the request has an interface licence", "Activate interface licences for the members concerned in the service provider's console (服务商后台 → 接口调用许可 → 账号激活)."),
        new(WecomFailure.Rejected, 701099, "member has no valid licence", "Activate an interface licence for this member in the service provider's console (服务商后台 → 接口调用许可), or leave the member out of the settings."),
        new(WecomFailure.Denied, 301052, "archive service expired", "Renew the archive service in WeCom's admin console (管理工具 → 会话内容存档 → 续期)."),
        new(WecomFailure.Denied, 301053, "archive service not enabled", "Enable the archive service in WeCom's admin console (管理工具 → 会话内容存档 → 开通)."),
        new(WecomFailure.Denied, 301055, "no right on approval data", "Let the app read approvals in WeCom's admin console (应用管理 → 审批 → API → 可调用接口的应用)."),
        new(WecomFailure.Denied, 301056, "approval app stopped", "Enable the approval app in WeCom's admin console (应用管理 → 审批 → 启用)."),
        new(WecomFailure.Rejected, 40093, "script signature wrong", Remedies.Report),
        new(WecomFailure.Rejected, 42012, "script ticket unusable", Remedies.Report),
        new(WecomFailure.Rejected, 830001, "bad address for upload", Remedies.ChangeFile),
        new(WecomFailure.Rejected, 830002, "file or range too large for upload", Remedies.ChangeFile),
        new(WecomFailure.Rejected, 830003, "download for upload failed", Remedies.ChangeFile),
        new(WecomFailure.Rejected, 40123, "damaged image", Remedies.ChangeFile),
    ];
}
