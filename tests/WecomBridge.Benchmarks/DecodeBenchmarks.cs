using System.Text;
using BenchmarkDotNet.Attributes;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Benchmarks;

/// <summary>From the bytes of a body to a typed event: what each callback costs before anything is sent.</summary>
[InProcess]
[MemoryDiagnoser]
public class DecodeBenchmarks
{
    private const string Timestamp = "1700000001";
    private const string Nonce = "263014780";

    private const string Plain = """
        <xml><ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName><CreateTime>1700000000</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[change_external_contact]]></Event><ChangeType><![CDATA[add_external_contact]]></ChangeType><UserID><![CDATA[staff-001]]></UserID><ExternalUserID><![CDATA[wmEXAMPLEcustomer0000000000000001]]></ExternalUserID><State><![CDATA[expo-2026-渠道]]></State><WelcomeCode><![CDATA[CODEabcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ]]></WelcomeCode></xml>
        """;

    private readonly CallbackKeyRing _keys = new([new("QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C")], "ww1234567890abcdef");
    private readonly byte[] _plain = Encoding.UTF8.GetBytes(Plain);
    private readonly byte[] _body;
    private readonly string _signature;

    public DecodeBenchmarks()
    {
        using var crypto = new CallbackCrypto("QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "ww1234567890abcdef");
        var encrypt = crypto.Seal(_plain);
        _signature = crypto.Sign(Timestamp, Nonce, encrypt);
        _body = Encoding.UTF8.GetBytes(
            $"<xml><ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName><Encrypt><![CDATA[{encrypt}]]></Encrypt><AgentID><![CDATA[1000002]]></AgentID></xml>");
    }

    /// <summary>The envelope alone.</summary>
    [Benchmark]
    public bool Envelope() => CallbackEnvelope.TryRead(_body, out _);

    /// <summary>Envelope, signature and decryption.</summary>
    [Benchmark]
    public ReadOnlyMemory<byte> Open() =>
        CallbackEnvelope.TryRead(_body, out var envelope) ? _keys.Open(_signature, Timestamp, Nonce, envelope.Encrypt.Span).Message : default;

    /// <summary>The plaintext to a typed event alone.</summary>
    [Benchmark]
    public CallbackEvent Read() => CallbackEventReader.Read(_plain);

    /// <summary>All of it.</summary>
    [Benchmark(Baseline = true)]
    public CallbackEvent Decode() => CallbackEventReader.Read(Open());
}
