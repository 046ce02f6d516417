using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace WecomBridge.IntegrationTests.Telemetry;

/// <summary>A span as it was exported.</summary>
internal sealed record ExportedSpan(string TraceId, string Id, string ParentId, string Name, int Kind, IReadOnlyDictionary<string, string> Attributes, int Status)
{
    public const int Internal = 1;
    public const int Server = 2;
    public const int Client = 3;
    public const int Producer = 4;
    public const int Consumer = 5;
    public const int Error = 2;
}

/// <summary>An OpenTelemetry collector on loopback that keeps what it is sent: OTLP, protobuf over HTTP.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<byte[]> _bodies = new();
    private readonly ConcurrentQueue<ExportedSpan> _spans = new();
    private readonly ConcurrentQueue<string> _metrics = new();

    private Collector(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public IReadOnlyList<ExportedSpan> Spans => [.. _spans];

    /// <summary>Names of the metrics that came.</summary>
    public IReadOnlySet<string> Metrics => _metrics.ToHashSet();

    /// <summary>Value of the header <c>x-token</c> of the last request.</summary>
    public string? Token { get; private set; }

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var collector = new Collector(app);
        app.MapPost("/v1/traces", http => collector.TakeAsync(http, body => ReadSpans(body).ToList().ForEach(collector._spans.Enqueue)));
        app.MapPost("/v1/metrics", http => collector.TakeAsync(http, body => ReadMetricNames(body).ToList().ForEach(collector._metrics.Enqueue)));
        await app.StartAsync();
        return collector;
    }

    /// <summary>Whether a text stands anywhere in what was sent.</summary>
    public bool Holds(string text) => _bodies.Any(body => body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http, Action<byte[]> read)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        Token = http.Request.Headers["x-token"];
        _bodies.Enqueue(body.ToArray());
        read(body.ToArray());
        http.Response.ContentType = "application/x-protobuf";
    }

    // opentelemetry/proto/collector/trace/v1: resource_spans 1 > scope_spans 2 > spans 2.
    private static IEnumerable<ExportedSpan> ReadSpans(byte[] body) => ProtobufField.Nested(body, 1, 2, 2).Select(ReadSpan);

    private static ExportedSpan ReadSpan(byte[] span)
    {
        var fields = ProtobufField.Read(span).ToList();
        var attributes = fields.Where(field => field.Number == 9).Select(field => ProtobufField.Read(field.Bytes).ToList()).ToDictionary(
            pair => Encoding.UTF8.GetString(pair.Single(field => field.Number == 1).Bytes), pair => ReadValue(pair.Find(field => field.Number == 2)?.Bytes ?? []));
        var status = fields.Find(field => field.Number == 15) is { } one ? (int)(ProtobufField.Read(one.Bytes).FirstOrDefault(field => field.Number == 3)?.Varint ?? 0) : 0;
        return new ExportedSpan(Hex(1), Hex(2), Hex(4), Encoding.UTF8.GetString(fields.Single(field => field.Number == 5).Bytes), (int)fields.Single(field => field.Number == 6).Varint, attributes, status);

        string Hex(int number) => Convert.ToHexStringLower(fields.Find(field => field.Number == number)?.Bytes ?? []);
    }

    private static string ReadValue(byte[] value) => ProtobufField.Read(value).FirstOrDefault() switch
    {
        { Number: 1 } text => Encoding.UTF8.GetString(text.Bytes),
        { } number => number.Varint.ToString(),
        null => "",
    };

    // resource_metrics 1 > scope_metrics 2 > metrics 2 > name 1.
    private static IEnumerable<string> ReadMetricNames(byte[] body) => ProtobufField.Nested(body, 1, 2, 2).Select(metric => Encoding.UTF8.GetString(ProtobufField.Read(metric).First(field => field.Number == 1).Bytes));
}

/// <summary>One field of a protobuf message.</summary>
internal sealed record ProtobufField(int Number, ulong Varint, byte[] Bytes)
{
    /// <summary>The messages at the end of a path of field numbers.</summary>
    public static IEnumerable<byte[]> Nested(byte[] message, params int[] path) =>
        path.Aggregate((IEnumerable<byte[]>)[message], (messages, number) => messages.SelectMany(Read).Where(field => field.Number == number).Select(field => field.Bytes));

    public static IEnumerable<ProtobufField> Read(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var key = ReadVarint(message, ref at);
            var number = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    yield return new ProtobufField(number, ReadVarint(message, ref at), []);
                    break;
                case 1:
                    yield return new ProtobufField(number, BitConverter.ToUInt64(message, at), []);
                    at += 8;
                    break;
                case 2:
                    var length = (int)ReadVarint(message, ref at);
                    yield return new ProtobufField(number, 0, message[at..(at + length)]);
                    at += length;
                    break;
                default:
                    yield return new ProtobufField(number, BitConverter.ToUInt32(message, at), []);
                    at += 4;
                    break;
            }
        }
    }

    private static ulong ReadVarint(byte[] message, ref int at)
    {
        var (value, shift) = (0UL, 0);
        while (true)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
            shift += 7;
        }
    }
}
