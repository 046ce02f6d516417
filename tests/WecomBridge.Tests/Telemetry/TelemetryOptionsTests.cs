using WecomBridge.Telemetry;
using WecomBridge.Tests.Operations;

namespace WecomBridge.Tests.Telemetry;

public sealed class TelemetryOptionsTests
{
    [Fact]
    public void Nothing_is_exported_unless_told() =>
        SettingsCheck.Bind<TelemetryOptions>(services => services.AddTelemetry(), "Production").Otlp.Endpoint.ShouldBeNull();

    [Theory]
    [InlineData("Telemetry:SampleRatio", "1.5")]
    [InlineData("Telemetry:SampleRatio", "-0.1")]
    [InlineData("Telemetry:Otlp:Endpoint", "collector:4317")]
    [InlineData("Telemetry:Otlp:Endpoint", "https://user:pw-secret@collector:4317")]
    [InlineData("Telemetry:Otlp:Endpoint", "/v1/traces")]
    [InlineData("Telemetry:Otlp:Headers:x-token", "inline-secret")]
    [InlineData("Telemetry:Otlp:Headers:x-token", "env:WECOMBRIDGE_TESTS_NO_SUCH_VARIABLE")]
    [InlineData("Telemetry:Otlp:Typo", "x")]
    public void A_fault_names_its_key_and_shows_no_secret(string key, string value)
    {
        var fault = SettingsCheck.Faults<TelemetryOptions>(services => services.AddTelemetry(), "Production", (key, value)).ShouldHaveSingleItem();

        fault.ShouldContain(key.Contains("Headers") ? key : key.Split(':')[^1]);
        fault.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("http://collector:4317")]
    [InlineData("https://collector.example/otlp")]
    public void A_collector_is_an_address(string endpoint) =>
        SettingsCheck.Faults<TelemetryOptions>(services => services.AddTelemetry(), "Production", ("Telemetry:Otlp:Endpoint", endpoint)).ShouldBeEmpty();
}
