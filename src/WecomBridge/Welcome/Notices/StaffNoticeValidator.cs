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
        else if (FindFieldFault(options.StaffNotice ?? "") is { } fieldFault) yield return fieldFault;
        if (!options.NotifyStaff) yield break;
        foreach (var (corp, corpOptions) in configuration.GetSection(WecomOptions.Section).Get<WecomOptions>()?.Corps ?? [])
        {
            foreach (var (app, _) in corpOptions.Apps.Where(app => app.Value is { Secret.Length: > 0, AgentId: null }))
                yield return $"Wecom:Corps:{corp}:Apps:{app}:AgentId is missing: Welcome:NotifyStaff sends messages through the app.";
        }
    }

    /// <summary>Compiling finds the fields of branches that are taken only.</summary>
    private static string? FindFieldFault(string text)
    {
        var known = StaffNoticeFields.Example.SelectMany(group => group.Value.Keys.Select(name => $"{group.Key}.{name}")).ToHashSet(StringComparer.Ordinal);
        var used = TemplateFields.Read(text, out var stranger);
        if (stranger is not null) return $"Welcome:StaffNotice holds {stranger}; a notice knows fields, #if, #unless and else.";
        return used.Except(known).FirstOrDefault() is { } missing ? $"Welcome:StaffNotice names the field {missing}, which does not exist; known are {string.Join(", ", known)}." : null;
    }
}
