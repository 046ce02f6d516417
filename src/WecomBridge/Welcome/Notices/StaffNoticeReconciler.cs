using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;
using WecomBridge.Rules;
using WecomBridge.State;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Welcome;

/// <summary>Tells one member of the greetings that were missed: one message for all of them, not more than one a minute, each miss at most once.</summary>
/// <remarks>A message whose answer was lost is repeated with the same text, which WeCom drops if it had the first; after that time it is taken for sent. What nobody could be told within the hour is dropped.</remarks>
internal sealed class StaffNoticeReconciler(
    IWecomClientFactory clients, IStateDatabase database, IOptionsMonitor<WelcomeOptions> options, IOptionsMonitor<WecomOptions> corps, TimeProvider time, ILogger<StaffNoticeReconciler> logger) : IReconciler
{
    /// <summary>WeCom drops a second message of the same content within it.</summary>
    private static readonly TimeSpan SameMessage = TimeSpan.FromSeconds(60);

    /// <summary>Between two messages to one member: more than <see cref="SameMessage"/>, and far below the 30 a minute from which on WeCom drops messages without a word.</summary>
    private static readonly TimeSpan Gap = SameMessage + TimeSpan.FromSeconds(5);

    /// <summary>None of the recipients is visible to the app: with one recipient, the same as an answer that names them as invalid (developer page 90313).</summary>
    private const int NobodyReached = 81013;

    private readonly ConditionalWeakTable<string, TextTemplate> _templates = [];

    public string Lane => WorkLane.Notices;

    public async Task ReconcileAsync(WorkItem item, CancellationToken cancellationToken)
    {
        var (corp, userKey) = (item.Key.Corp, item.Key.Key);
        var now = time.GetUtcNow();
        var batch = await database.ReadAsync(session => StaffNoticeStore.NextAsync(session, corp, userKey, now), cancellationToken);
        if (batch.Notices.Count == 0 || !options.CurrentValue.NotifyStaff || SendingApp(corp, item.App) is not { } app) return;
        if (batch.FirstTriedAt is { } tried && now - tried >= SameMessage)
        {
            await database.WriteAsync(session => StaffNoticeStore.SentAsync(session, batch.Notices, tried), cancellationToken);
        }
        else
        {
            if (batch.FirstTriedAt is null && batch.LastSentAt + Gap is { } free && free > now) throw new StaffNoticeTooSoonException(free - now);
            await SendAsync(corp, app, batch.Notices, cancellationToken);
        }

        // Notices that came while a message was under way go into the next.
        var left = await database.ReadAsync(session => StaffNoticeStore.NextAsync(session, corp, userKey, now), cancellationToken);
        if (left.Notices.Count > 0) throw new StaffNoticeTooSoonException(Gap);
    }

    private async Task SendAsync(string corp, (string Name, int AgentId) app, IReadOnlyList<StaffNotice> notices, CancellationToken cancellationToken)
    {
        await database.WriteAsync(session => StaffNoticeStore.TriedAsync(session, notices, time.GetUtcNow()), cancellationToken);
        try
        {
            var answer = await clients.For(corp, app.Name, CallLane.Sync).ExecuteCgibinMessageSendAsync(Message(app.AgentId, notices), cancellationToken);
            var isReached = string.IsNullOrEmpty(answer.Invaliduser) && string.IsNullOrEmpty(answer.Unlicenseduser);
            if (isReached) logger.StaffTold(corp, notices.Count);
            else logger.StaffNotReached(corp, app.Name);
        }
        catch (WecomException failure) when (failure.ErrorCode == NobodyReached)
        {
            logger.StaffNotReached(corp, app.Name);
        }
        catch (WecomException failure) when (!failure.OutcomeUnknown)
        {
            await database.WriteAsync(session => StaffNoticeStore.NotSentAsync(session, notices), cancellationToken);
            throw;
        }

        await database.WriteAsync(session => StaffNoticeStore.SentAsync(session, notices, time.GetUtcNow()), cancellationToken);
    }

    private CgibinMessageSendRequest Message(int agentId, IReadOnlyList<StaffNotice> notices)
    {
        var template = _templates.GetValue(options.CurrentValue.StaffNotice, static created => new TextTemplate(created));
        return new CgibinMessageSendRequest
        {
            Touser = notices[^1].Key.UserId,
            Msgtype = "text",
            Agentid = agentId,
            Text = new StaffText(TextLimit.ToBytes(template.Render(StaffNoticeFields.Of(notices)), CgibinMessageSendRequest.MaxTextBytes)),
            EnableDuplicateCheck = 1,
            DuplicateCheckInterval = (int)SameMessage.TotalSeconds,
        };
    }

    /// <summary>The app that was to greet, or else the corp's first that can send messages.</summary>
    private (string Name, int AgentId)? SendingApp(string corp, string preferred)
    {
        var able = (corps.CurrentValue.Corps.GetValueOrDefault(corp)?.Apps ?? []).Where(app => app.Value is { Secret.Length: > 0, AgentId: not null })
            .OrderBy(app => app.Key != preferred).ThenBy(app => app.Key, StringComparer.Ordinal).Select(app => (app.Key, app.Value.AgentId!.Value)).ToList();
        return able.Count == 0 ? null : able[0];
    }
}

/// <summary>The member was told something a moment ago: the next message waits.</summary>
internal sealed class StaffNoticeTooSoonException(TimeSpan wait) : Exception("The member was told something a moment ago."), IClassifiedFailure
{
    public WecomFailure Failure => WecomFailure.Throttled;

    public TimeSpan? RetryAfter => wait;

    public string Reason => "one message a minute";

    public string Remedy => "Nothing is to be done.";
}
