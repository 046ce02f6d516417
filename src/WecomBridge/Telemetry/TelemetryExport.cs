using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using WecomBridge.Operations;

namespace WecomBridge.Telemetry;

/// <summary>Sends spans and metrics to an OpenTelemetry collector, when one is named. A collector that is away costs nobody anything: what it does not take is dropped.</summary>
/// <remarks>The standard variables <c>OTEL_*</c> are read by the library where no setting says otherwise, from the same settings as everything else.</remarks>
internal sealed class TelemetryExport(IOptions<TelemetryOptions> options, IConfiguration configuration) : IHostedService, IDisposable
{
    /// <summary>The standard variable that names a collector.</summary>
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string ServiceName = "wecombridge";
    private const string ServiceNameVariable = "OTEL_SERVICE_NAME";

    /// <summary>What is left at the stop is sent within it, or not at all.</summary>
    private static readonly TimeSpan FlushWithin = TimeSpan.FromSeconds(2);
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    /// <summary>Whether anything is exported.</summary>
    public bool IsOn => options.Value.Otlp.Endpoint is not null || configuration[EndpointVariable] is { Length: > 0 };

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!IsOn) return Task.CompletedTask;
        var resource = Resource();
        _traces = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .SetResourceBuilder(resource)
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.Value.SampleRatio)))
            .AddSource(Traces.SourceName)
            .AddOtlpExporter(exporter => Address(exporter, "v1/traces"))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .SetResourceBuilder(resource)
            .AddMeter([.. Meters.All])
            .AddView(instrument => Meters.IsLeftOut(instrument) ? MetricStreamConfiguration.Drop : null)
            .AddOtlpExporter(exporter => Address(exporter, "v1/metrics"))
            .Build();
        return Task.CompletedTask;
    }

    /// <summary>Sends what is left. It stands first among the hosted services and so stops last.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => _traces?.Shutdown((int)FlushWithin.TotalMilliseconds), CancellationToken.None),
        Task.Run(() => _metrics?.Shutdown((int)FlushWithin.TotalMilliseconds), CancellationToken.None));

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private ResourceBuilder Resource()
    {
        var resource = ResourceBuilder.CreateDefault();
        if (configuration[ServiceNameVariable] is { Length: > 0 }) return resource;
        var version = typeof(TelemetryExport).Assembly.GetName().Version?.ToString();
        return resource.AddService(ServiceName, serviceVersion: version, autoGenerateServiceInstanceId: false, serviceInstanceId: $"{Environment.MachineName}/{Environment.ProcessId}");
    }

    private void Address(OtlpExporterOptions exporter, string signal)
    {
        var otlp = options.Value.Otlp;
        if (otlp.Endpoint is { } endpoint)
        {
            exporter.Protocol = otlp.Protocol == OtlpProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
            exporter.Endpoint = otlp.Protocol == OtlpProtocol.Grpc ? endpoint : new Uri($"{endpoint.ToString().TrimEnd('/')}/{signal}");
        }

        if (otlp.Headers.Count > 0) exporter.Headers = string.Join(',', otlp.Headers.Select(header => $"{header.Key}={Uri.EscapeDataString(SecretText.Resolve(header.Value))}"));
    }
}
