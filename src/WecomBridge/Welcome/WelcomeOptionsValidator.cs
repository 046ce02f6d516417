using System.Text;
using Microsoft.Extensions.Options;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Welcome;

internal sealed class WelcomeOptionsValidator : IValidateOptions<WelcomeOptions>
{
    public ValidateOptionsResult Validate(string? name, WelcomeOptions options)
    {
        var faults = FindFaults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> FindFaults(WelcomeOptions options)
    {
        if (options.SendWithin < TimeSpan.FromSeconds(1) || options.SendWithin > CgibinExternalContactSendWelcomeMessageRequest.CodeLife)
            yield return "Welcome:SendWithin must lie between 1 s and 20 s.";
        foreach (var twice in options.Rules.GroupBy(rule => rule.Name, StringComparer.Ordinal).Where(group => group.Key.Length > 0 && group.Count() > 1))
            yield return $"Welcome:Rules: the name \"{twice.Key}\" is used more than once.";
        for (var i = 0; i < options.Rules.Count; i++)
        {
            foreach (var fault in FindFaults($"Welcome:Rules:{i}", options.Rules[i])) yield return fault;
        }
    }

    private static IEnumerable<string> FindFaults(string path, WelcomeRule rule)
    {
        if (string.IsNullOrWhiteSpace(rule.Name)) yield return $"{path}:Name is missing.";
        if (string.IsNullOrWhiteSpace(rule.Text) && rule.Attachments.Count == 0) yield return $"{path} has neither Text nor Attachments.";
        if (Bytes(rule.Text) > CgibinExternalContactSendWelcomeMessageRequest.MaxTextBytes) yield return $"{path}:Text is longer than {CgibinExternalContactSendWelcomeMessageRequest.MaxTextBytes} UTF-8 bytes.";
        if (Bytes(rule.FallbackText) > CgibinExternalContactSendWelcomeMessageRequest.MaxTextBytes) yield return $"{path}:FallbackText is longer than {CgibinExternalContactSendWelcomeMessageRequest.MaxTextBytes} UTF-8 bytes.";
        foreach (var fault in AttachmentFaults.Find(path, rule.Attachments)) yield return fault;
    }

    private static int Bytes(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
