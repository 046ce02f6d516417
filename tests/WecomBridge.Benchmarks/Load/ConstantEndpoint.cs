using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using WecomBridge.Broker;
using WecomBridge.Callbacks;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Benchmarks.Load;

/// <summary>What intake is compared with: reads the same request and stores a constant message through the same outbox, without opening it.</summary>
internal static class ConstantEndpoint
{
    public const string Path = "/constant";

    public static void Map(WebApplication app)
    {
        var outbox = app.Services.GetRequiredService<IOutbox>();
        var messages = Messages();
        var next = 0;
        app.MapPost(Path, async http =>
        {
            await CallbackBody.ReadAsync(http.Request, int.MaxValue, http.RequestAborted);
            await outbox.StoreAsync(messages[(uint)Interlocked.Increment(ref next) % messages.Length], CancellationToken.None);
        });
    }

    /// <summary>A few messages that differ in their partition, so that both of the publisher's connections are used as they are by callbacks.</summary>
    private static OutgoingMessage[][] Messages()
    {
        using var crypto = new CallbackCrypto(SampleCallback.Token, SampleCallback.AesKey, SampleCallback.CorpId);
        var source = new CallbackSource(SampleCallback.Corp, SampleCallback.CorpId, SampleCallback.App);
        return [.. Enumerable.Range(0, 64).Select(number => (OutgoingMessage[])
            [EventMapper.Map(CallbackEventReader.Read(SampleCallback.Edited(crypto, number).Plain), source, TimeProvider.System.GetUtcNow()).Message])];
    }
}
