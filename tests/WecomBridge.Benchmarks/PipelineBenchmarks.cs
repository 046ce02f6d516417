using BenchmarkDotNet.Attributes;
using WecomBridge.Callbacks;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Benchmarks;

/// <summary>From the bytes of a body to the finished message for the broker: everything between the socket and the outbox.</summary>
[InProcess]
[MemoryDiagnoser]
public class PipelineBenchmarks
{
    /// <summary>Most that one callback may take, microseconds on one core.</summary>
    public const double BudgetMicroseconds = 25;

    /// <summary>Most that one callback may allocate, bytes.</summary>
    public const double BudgetBytes = 8 * 1024;

    private readonly DecodeBenchmarks _decode = new();
    private readonly CallbackSource _source = new(SampleCallback.Corp, SampleCallback.CorpId, SampleCallback.App);
    private readonly CallbackEvent _event;

    public PipelineBenchmarks() => _event = _decode.Decode();

    /// <summary>Typed event to message alone: id, record, JSON body, headers, routing key.</summary>
    [Benchmark]
    public int Map() => Map(_event);

    /// <summary>Decode, map and serialise.</summary>
    [Benchmark(Baseline = true)]
    public int DecodeMapSerialise() => Map(_decode.Decode());

    private int Map(CallbackEvent callback) => EventMapper.Map(callback, _source, TimeProvider.System.GetUtcNow()).Message.Body.Length;
}
