using WecomBridge.Contracts;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Callbacks;

/// <summary>What happens in and to an app or suite. The subject is the staff member or authorised corp, else the corp.</summary>
internal static partial class EventMapper
{
    private static MappedEvent? App(AppEvent app, in Frame frame)
    {
        if (!EventTypes.TryFind($"app.{app.Name}", out var type)) return null;

        var source = frame.Source;
        var document = app.Document;
        var userId = NullIfEmpty(app.UserId);
        var subject = userId ?? source.Corp;
        return frame.Event(type, subject, subject, new AppNotified
        {
            CorpId = source.CorpId, Corp = source.Corp, App = source.App, Event = app.Name,
            ChangeType = NullIfEmpty(document["ChangeType"]), UserId = userId, EventKey = NullIfEmpty(app.EventKey),
            TaskId = NullIfEmpty(document["TaskId"]), CardType = NullIfEmpty(document["CardType"]),
            JobId = NullIfEmpty(document["JobId"]), ChainId = NullIfEmpty(document["ChainId"]),
            AddedOpenKfIds = All(document, "AuthAddOpenKfId"), RemovedOpenKfIds = All(document, "AuthDelOpenKfId"),
        });
    }

    private static MappedEvent Message(MessageEvent message, in Frame frame)
    {
        var source = frame.Source;
        var userId = NullIfEmpty(message.UserId);
        return frame.Event(userId ?? source.Corp, new MessageReceived
        {
            CorpId = source.CorpId, Corp = source.Corp, App = source.App,
            UserId = userId, Kind = message.Kind, MessageId = NullIfEmpty(message.MessageId),
            Content = source.IncludeMessageContent ? NullIfEmpty(message.Content) : null,
        });
    }

    private static MappedEvent? Suite(SuiteEvent suite, in Frame frame)
    {
        // Words of a routing key have at most 32 characters; this one is longer.
        var action = suite.InfoType == "customer_acquisition_permit_change" ? "acquisition_permit_change" : suite.InfoType;
        if (!EventTypes.TryFind($"suite.{action}", out var type)) return null;

        var source = frame.Source;
        var authCorpId = NullIfEmpty(suite.AuthCorpId);
        var subject = authCorpId ?? NullIfEmpty(suite.SuiteId) ?? source.Corp;
        return frame.Event(type, subject, subject, new SuiteNotified
        {
            CorpId = source.CorpId, Corp = source.Corp, App = source.App,
            InfoType = suite.InfoType, SuiteId = NullIfEmpty(suite.SuiteId), AuthCorpId = authCorpId,
        });
    }

    /// <summary>Every value of an element that may repeat; null when it is absent.</summary>
    private static List<string>? All(CallbackDocument document, string name)
    {
        List<string>? values = null;
        foreach (var (path, value) in document.Elements)
        {
            if (!path.StartsWith(name, StringComparison.OrdinalIgnoreCase)) continue;
            if (path.Length > name.Length && path[name.Length] != '[') continue;

            (values ??= []).Add(value);
        }

        return values;
    }
}
