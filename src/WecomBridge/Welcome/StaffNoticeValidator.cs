using System.Text;
using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;
using WecomBridge.Rules;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Welcome;

/// <summary>Holds the staff notice against what WeCom takes, and the apps against what sending it needs.</summary>
/// <remarks>Reads the apps without their own checks, whose faults are reported in their own place.</remarks>
internal sealed class StaffNoticeValidator(IConfiguration configuration) : IValidateOptions<WelcomeOptions>
{
    public ValidateOptionsResult Validate(string? name, WelcomeOptions options)
    {
        var faults = FindFaults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> FindFaults(WelcomeOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.StaffNotice)) yield return "Welcome:StaffNotice is missing.";
        if (Encoding.UTF8.GetByteCount(options.StaffNotice ?? "") > CgibinMessageSendRequest.MaxTextBytes) yield return $"Welcome:StaffNotice is longer than {CgibinMessageSendRequest.MaxTextBytes} UTF-8 bytes.";
        if (TextTemplate.FindFault("Welcome:StaffNotice", options.StaffNotice ?? "", StaffNoticeFields.Example) is { } fault) yield return fault;
        if (!options.NotifyStaff) yield break;
        foreach (var (corp, corpOptions) in configuration.GetSection(WecomOptions.Section).Get<WecomOptions>()?.Corps ?? [])
        {
            foreach (var (app, _) in corpOptions.Apps.Where(app => app.Value is { Secret.Length: > 0, AgentId: null }))
                yield return $"Wecom:Corps:{corp}:Apps:{app}:AgentId is missing: Welcome:NotifyStaff sends messages through the app.";
        }
    }
}
