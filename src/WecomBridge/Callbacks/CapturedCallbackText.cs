using System.Text;
using System.Text.RegularExpressions;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Callbacks;

/// <summary>What is shown of a captured callback.</summary>
internal static partial class CapturedCallbackText
{
    /// <param name="reading">What the keys made of it.</param>
    /// <param name="source">The app it is held against.</param>
    /// <param name="isSigned">The signature was looked at.</param>
    /// <param name="withPlain">Whether the plaintext, personal data included, is shown.</param>
    /// <param name="now">Time of an event that names none.</param>
    public static string Describe(CapturedReading reading, CallbackSource source, bool isSigned, bool withPlain, DateTimeOffset now)
    {
        var lines = new List<string>();
        if (reading.Fault is { } fault) lines.Add($"{fault} {reading.Remedy}".TrimEnd());
        else lines.Add($"Opened with Keys:{reading.KeyIndex} of {source.Corp}/{source.App}; the signature {(isSigned ? "fits" : "was not given and not checked")}.");
        if (!reading.Message.IsEmpty)
        {
            lines.AddRange(Event(reading.Message, source, now));
            if (withPlain) lines.Add($"The plaintext holds personal data; keep it to yourself:{Environment.NewLine}{Masked(Encoding.UTF8.GetString(reading.Message.Span))}");
        }

        return string.Join(Environment.NewLine, lines);
    }

    private static IEnumerable<string> Event(ReadOnlyMemory<byte> message, CallbackSource source, DateTimeOffset now)
    {
        CallbackEvent callback;
        try
        {
            callback = CallbackEventReader.Read(message);
        }
        catch (CallbackUnreadableException)
        {
            return ["It is neither XML nor JSON: subscribers get callback.unrecognized."];
        }

        var mapped = EventMapper.Map(callback, source, now);
        return
        [
            $"WeCom's event: {callback.Document["Event"] ?? callback.Document["InfoType"] ?? callback.Document["MsgType"]} {callback.Document["ChangeType"]}".TrimEnd(),
            $"Subscribers get: {mapped.Type.Name}, id {mapped.Message.Id}",
            .. PublicElements.Of(callback.Document, out _).Where(element => element.Key is not ("Event" or "ChangeType" or "MsgType")).Select(element => $"  {element.Key} = {element.Value}"),
        ];
    }

    /// <summary>Codes, keys and tokens are worth money for a while, and help nobody to understand the event.</summary>
    private static string Masked(string plaintext) => Credential().Replace(plaintext, "${before}***");

    [GeneratedRegex("""(?<before><(WelcomeCode|ChatKey|Token|ResponseCode|SuiteTicket|AuthCode)>(<!\[CDATA\[)?|"(WelcomeCode|ChatKey|Token|ResponseCode|SuiteTicket|AuthCode)"\s*:\s*")(?<value>[^\]<"]*)""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Credential();
}
