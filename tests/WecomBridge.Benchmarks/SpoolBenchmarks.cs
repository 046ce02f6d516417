using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WecomBridge.Broker;
using WecomBridge.Callbacks;
using WecomBridge.Spool;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Benchmarks;

/// <summary>What the local store costs a callback: appended by many at once under one sync, read back, deleted.</summary>
[InProcess]
[MemoryDiagnoser]
public class SpoolBenchmarks : IDisposable
{
    /// <summary>Callbacks at once.</summary>
    public const int Callers = 64;

    private readonly string _folder = Directory.CreateTempSubdirectory("wb-spool-").FullName;
    private readonly SpoolStore _spool;
    private readonly OutgoingMessage[][] _messages;

    public SpoolBenchmarks()
    {
        _spool = new SpoolStore(Options.Create(new SpoolOptions { Path = Path.Combine(_folder, "spool.db") }), TimeProvider.System, NullLogger<SpoolStore>.Instance);
        using var crypto = new CallbackCrypto(SampleCallback.Token, SampleCallback.AesKey, SampleCallback.CorpId);
        var source = new CallbackSource(SampleCallback.Corp, SampleCallback.CorpId, SampleCallback.App);
        _messages = [.. Enumerable.Range(0, Callers).Select(number => (OutgoingMessage[])
            [EventMapper.Map(CallbackEventReader.Read(SampleCallback.Edited(crypto, number).Plain), source, TimeProvider.System.GetUtcNow()).Message])];
    }

    [Benchmark(OperationsPerInvoke = Callers)]
    public async Task<int> AppendReadDelete()
    {
        await Task.WhenAll(_messages.Select(messages => _spool.AppendAsync(messages, ticket: null)));
        var waiting = _spool.Read(MessageLane.Event, after: -1, 2 * Callers);
        await _spool.DeleteAsync(waiting);
        return waiting.Count;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _spool.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
