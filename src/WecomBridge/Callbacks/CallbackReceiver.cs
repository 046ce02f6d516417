using System.Diagnostics;
using WecomBridge.Broker;
using WecomBridge.Telemetry;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Callbacks;

/// <summary>A callback from its bytes to its answer.</summary>
internal sealed class CallbackReceiver(IOutbox outbox, IWelcomeCommands welcome, CallbackMetrics metrics, TimeProvider time, ILogger<CallbackReceiver> logger)
{
    /// <summary>About what comes in a busy minute.</summary>
    private const int Remembered = 16 * 1024;

    private static readonly byte[] SuiteAnswer = "success"u8.ToArray();
    private readonly RecentIds _recent = new(Remembered);

    /// <summary>Answers the console's GET with the decrypted <c>echostr</c> as it stands.</summary>
    public async Task VerifyAsync(HttpResponse response, CallbackApp app, CallbackQuery query)
    {
        var opened = app.Keys.OpenEcho(query.Signature, query.Timestamp, query.Nonce, query.Echo!);
        if (opened.Result != CallbackCryptoResult.Ok)
        {
            Refuse(response, app, opened.Result);
            return;
        }

        logger.Verified(app.Source.Corp, app.Source.App, opened.KeyIndex);
        response.ContentType = "text/plain";
        response.ContentLength = opened.Message.Length;
        await response.Body.WriteAsync(opened.Message, response.HttpContext.RequestAborted);
    }

    /// <summary>Verify, decrypt, read, map, make durable, answer.</summary>
    /// <param name="http">Answered 400, 403 or 200; aborted when the event could be made durable nowhere.</param>
    /// <param name="app">Whose address was called.</param>
    /// <param name="query">The signed parameters.</param>
    /// <param name="body">The whole envelope.</param>
    /// <param name="budget">Ends when WeCom would soon stop waiting.</param>
    /// <returns>Which of the three it was.</returns>
    public async Task<CallbackOutcome> ReceiveAsync(HttpContext http, CallbackApp app, CallbackQuery query, ReadOnlyMemory<byte> body, CancellationToken budget)
    {
        var received = time.GetUtcNow();
        if (!CallbackEnvelope.TryRead(body, out var envelope))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            metrics.Refused("envelope");
            return CallbackOutcome.Refused;
        }

        var opened = app.Keys.Open(query.Signature, query.Timestamp, query.Nonce, envelope.Encrypt.Span);
        if (opened.Result != CallbackCryptoResult.Ok)
        {
            Refuse(http.Response, app, opened.Result);
            return CallbackOutcome.Refused;
        }

        var (mapped, isSuite) = ReadAndMap(app.Source, opened.Message, received);
        Traces.Running(ActivityKind.Server)?.SetTag("wecombridge.event.type", mapped.Type.Name).SetTag("wecombridge.event.id", mapped.Message.Id.ToString());
        var messages = new List<OutgoingMessage>(2) { mapped.Message };
        if (mapped.Welcome is { } offer && welcome.From(app.Source, offer, received) is { } command) messages.Add(command);
        if (mapped.IsUnrecognized)
        {
            messages.Add(KeptCallback.Of(mapped.Message, query, body));
            logger.Unrecognized(mapped.Message.Id, app.Source.Corp, app.Source.App);
        }

        try
        {
            // The budget ends the wait, never a publish under way: its outcome would be unknown.
            await outbox.StoreAsync(messages, CancellationToken.None).AsTask().WaitAsync(budget);
        }
        catch (Exception failure) when (failure is NotDurableException or OperationCanceledException)
        {
            // No answer at all: WeCom's pages disagree on whether a 5xx is retried, but a broken connection is.
            logger.NotDurable(mapped.Message.Id, app.Source.Corp, app.Source.App, failure.Message);
            http.Abort();
            metrics.Aborted("not_durable");
            return CallbackOutcome.Aborted;
        }

        metrics.Acknowledged(app.Source, mapped.Type.Name, opened.KeyIndex, _recent.Note(mapped.Message.Id));
        logger.Took(mapped.Type.Name, mapped.Message.Id, app.Source.Corp, app.Source.App, opened.KeyIndex);
        if (isSuite) await http.Response.Body.WriteAsync(SuiteAnswer, CancellationToken.None);
        return CallbackOutcome.Acknowledged;
    }

    private (MappedEvent Mapped, bool IsSuite) ReadAndMap(CallbackSource source, ReadOnlyMemory<byte> plaintext, DateTimeOffset received)
    {
        try
        {
            var callback = CallbackEventReader.Read(plaintext);
            return (EventMapper.Map(callback, source, received), callback.SuiteId is not null);
        }
        catch (CallbackUnreadableException)
        {
            // It verified, so WeCom sent it: it is kept, not refused.
            return (EventMapper.MapUnreadable(plaintext.Span, source, received), false);
        }
        catch (Exception failure)
        {
            // A fault of ours in reading or mapping would fail all of WeCom's tries alike, and the event would be gone: it is kept too.
            logger.MappingFailed(source.Corp, source.App, failure.GetType().Name);
            return (EventMapper.MapUnreadable(plaintext.Span, source, received), false);
        }
    }

    private void Refuse(HttpResponse response, CallbackApp app, CallbackCryptoResult result)
    {
        logger.Refused(app.Source.Corp, app.Source.App, result);
        metrics.Refused(CallbackMetrics.WordOf(result));
        response.StatusCode = StatusCodes.Status403Forbidden;
    }
}
