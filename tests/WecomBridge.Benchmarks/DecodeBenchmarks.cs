using BenchmarkDotNet.Attributes;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Benchmarks;

/// <summary>From the bytes of a body to a typed event: what each callback costs before anything is sent.</summary>
[InProcess]
[MemoryDiagnoser]
public class DecodeBenchmarks
{
    private readonly CallbackKeyRing _keys = new([new(SampleCallback.Token, SampleCallback.AesKey)], SampleCallback.CorpId);
    private readonly SampleCallback _callback;

    public DecodeBenchmarks()
    {
        using var crypto = new CallbackCrypto(SampleCallback.Token, SampleCallback.AesKey, SampleCallback.CorpId);
        _callback = SampleCallback.Added(crypto, 1);
    }

    /// <summary>The envelope alone.</summary>
    [Benchmark]
    public bool Envelope() => CallbackEnvelope.TryRead(_callback.Body, out _);

    /// <summary>Envelope, signature and decryption.</summary>
    [Benchmark]
    public ReadOnlyMemory<byte> Open() => CallbackEnvelope.TryRead(_callback.Body, out var envelope)
        ? _keys.Open(_callback.Signature, SampleCallback.Timestamp, SampleCallback.Nonce, envelope.Encrypt.Span).Message
        : default;

    /// <summary>The plaintext to a typed event alone.</summary>
    [Benchmark]
    public CallbackEvent Read() => CallbackEventReader.Read(_callback.Plain);

    /// <summary>All of it.</summary>
    [Benchmark(Baseline = true)]
    public CallbackEvent Decode() => CallbackEventReader.Read(Open());
}
