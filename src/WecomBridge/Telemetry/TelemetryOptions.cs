using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using WecomBridge.Operations;

namespace WecomBridge.Telemetry;

/// <summary>How spans and metrics leave the service. Section <c>Telemetry</c>. <c>/metrics</c> does not depend on it.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>Part of callbacks whose traces are kept. Default 1, all; 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double SampleRatio { get; set; } = 1;

    /// <summary>The collector.</summary>
    public OtlpOptions Otlp { get; set; } = new();
}

/// <summary>Export to an OpenTelemetry collector. Section <c>Telemetry:Otlp</c>.</summary>
internal sealed class OtlpOptions
{
    /// <summary>Address of the collector, such as <c>http://collector:4317</c>. Default none: nothing is exported, unless the environment has <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>How it is spoken to. Default <c>Grpc</c>.</summary>
    public OtlpProtocol Protocol { get; set; } = OtlpProtocol.Grpc;

    /// <summary>Headers by name, such as a token of the collector; each value as <c>env:NAME</c> or <c>file:PATH</c>. Default none.</summary>
    public Dictionary<string, string> Headers { get; set; } = [];
}

internal enum OtlpProtocol
{
    /// <summary>gRPC, mostly on port 4317.</summary>
    Grpc,

    /// <summary>Protobuf over HTTP, mostly on port 4318; <c>/v1/traces</c> and <c>/v1/metrics</c> are added to the address.</summary>
    HttpProtobuf,
}

[OptionsValidator]
internal sealed partial class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>;

/// <summary>Checks what attributes cannot.</summary>
internal sealed class OtlpOptionsValidator(IHostEnvironment environment) : IValidateOptions<TelemetryOptions>
{
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        var faults = new List<string>();
        if (options.Otlp.Endpoint is { } endpoint && (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("http" or "https") || endpoint.UserInfo.Length > 0))
            faults.Add("Telemetry:Otlp:Endpoint must be http:// or https://, a host and a port, without user and password: those go into Telemetry:Otlp:Headers.");
        foreach (var (header, value) in options.Otlp.Headers)
        {
            if (SecretText.FindFault($"Telemetry:Otlp:Headers:{header}", value, environment.IsDevelopment(), out var text) is { } fault) faults.Add(fault);
            else if (text.Contains(',', StringComparison.Ordinal) || text.Any(char.IsControl)) faults.Add($"Telemetry:Otlp:Headers:{header} must be one line without a comma.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
