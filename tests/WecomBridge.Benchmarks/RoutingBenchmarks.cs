using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Configuration;
using WecomBridge.Benchmarks.Load;
using WecomBridge.Broker;
using WecomBridge.Callbacks;
using WecomBridge.Routing;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Benchmarks;

/// <summary>Which subscribers an event is sent to beside its topic, as 10 of 50 subscribers have conditions that are judged for it.</summary>
[InProcess]
[MemoryDiagnoser]
public class RoutingBenchmarks
{
    private readonly RoutingSnapshot _none = SnapshotOf(matching: false);
    private readonly RoutingSnapshot _one = SnapshotOf(matching: true);
    private readonly OutgoingMessage _message;

    public RoutingBenchmarks()
    {
        using var crypto = new CallbackCrypto(SampleCallback.Token, SampleCallback.AesKey, SampleCallback.CorpId);
        _message = EventMapper.Map(CallbackEventReader.Read(SampleCallback.Edited(crypto, 1).Plain), new CallbackSource(SampleCallback.Corp, SampleCallback.CorpId, SampleCallback.App), TimeProvider.System.GetUtcNow()).Message;
    }

    /// <summary>No condition holds.</summary>
    [Benchmark(Baseline = true)]
    public int NoneHolds() => _none.KeysOf(_message)?.Length ?? 0;

    /// <summary>One does.</summary>
    [Benchmark]
    public int OneHolds() => _one.KeysOf(_message)?.Length ?? 0;

    private static RoutingSnapshot SnapshotOf(bool matching)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(RoutingMode.Fifty(matching).Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        return new RoutingSnapshot(settings.GetSection(RoutingOptions.Section).Get<RoutingOptions>()!, limitsArePolicies: false);
    }
}
