using WecomBridge.Simulator.Callbacks;

namespace WecomBridge.Simulator.Platform;

/// <summary>Turns what happened in a corp into callbacks.</summary>
internal sealed class CorpEvents(CorpState state, CallbackSender sender)
{
    public Happening Post(string name, string change, string subject, IReadOnlyList<CallbackField> fields, IReadOnlyDictionary<string, string>? codes = null, DateTimeOffset? at = null)
    {
        var message = new CallbackMessage(state.CorpId, at ?? state.Now, name, change, fields);
        var number = state.Ids.Next();
        return new Happening
        {
            Number = number,
            Kind = message.Kind,
            SubjectId = subject,
            WelcomeCodes = codes ?? new Dictionary<string, string>(StringComparer.Ordinal),
            Delivered = sender.Send(number, state.Apps, message, app => codes?.GetValueOrDefault(app.Name) is { } code ? message.With("WelcomeCode", code) : message),
        };
    }
}
