using System.Diagnostics;
using System.Text.Json;
using WecomBridge.IntegrationTests.Interop;

namespace WecomBridge.IntegrationTests.Deploy;

/// <summary>The files of <c>deploy</c>, each checked by the tool that will read it, or by its published schema.</summary>
[MostlyWaits]
public sealed class DeployFilesTests
{
    private static readonly string Repository = Path.GetFullPath(Path.Combine(Tool.Folder, "..", "..", ".."));

    [Theory]
    [InlineData("alerts.yaml", "check", "rules")]
    [InlineData("alerts.test.yaml", "test", "rules")]
    [InlineData("prometheus.yaml", "check", "config", "--syntax-only")]
    public async Task Prometheus_takes_its_files(string file, params string[] arguments)
    {
        Tool.Require(Tool.Works("promtool", "--version"), "promtool (Debian package prometheus)");

        var (code, output) = await RunAsync("promtool", [.. arguments, PathOf("prometheus", file)]);

        code.ShouldBe(0, output);
    }

    [Fact]
    public async Task Systemd_takes_its_unit_and_finds_it_well_hardened()
    {
        Tool.Require(Tool.Works("systemd-analyze", "--version"), "systemd-analyze (Debian package systemd)");
        var unit = PathOf("systemd", "wecombridge.service");

        var verified = await RunAsync("systemd-analyze", ["verify", "--man=no", unit]);
        var exposure = await RunAsync("systemd-analyze", ["security", "--offline=true", "--threshold=20", unit]);

        verified.Code.ShouldBe(0, verified.Output);
        exposure.Code.ShouldBe(0, exposure.Output);
        File.ReadAllText(unit).ShouldContain("Type=notify");
    }

    [Fact]
    public async Task The_compose_file_follows_its_schema_and_runs_the_service_without_rights()
    {
        var file = (await CheckAsync("compose", PathOf("compose.yaml"))).ShouldHaveSingleItem();
        var services = file.GetProperty("services");

        services.EnumerateObject().Select(service => service.Name).ShouldBe(["bridge-1", "bridge-2", "rabbit-1", "rabbit-2", "rabbit-3", "postgres", "prometheus", "grafana", "bridge-simulated", "simulator"]);
        foreach (var name in new[] { "bridge-1", "bridge-2", "bridge-simulated", "simulator" })
        {
            var service = services.GetProperty(name);
            (service.GetProperty("read_only").GetBoolean(), service.GetProperty("cap_drop")[0].GetString()).ShouldBe((true, "ALL"), name);
        }

        services.EnumerateObject().Where(service => service.Value.TryGetProperty("profiles", out _)).Select(service => service.Name).ShouldBe(["bridge-simulated", "simulator"]);
        services.EnumerateObject().SelectMany(service => service.Value.TryGetProperty("ports", out var ports) ? ports.EnumerateArray().Select(port => port.GetString()!) : []).ShouldAllBe(port => port.StartsWith("127.0.0.1:", StringComparison.Ordinal));
        foreach (var name in new[] { "rabbit-1", "rabbit-2", "rabbit-3" })
            services.GetProperty(name).GetProperty("volumes").EnumerateArray().Select(volume => volume.GetString()).ShouldContain("./rabbitmq/rabbitmq.conf:/etc/rabbitmq/conf.d/90-wecombridge.conf:ro", name);
        var mounted = services.EnumerateObject().SelectMany(service => service.Value.TryGetProperty("volumes", out var volumes) ? volumes.EnumerateArray().Select(volume => volume.GetString()!.Split(':')[0]) : []).Where(volume => volume.StartsWith('.'));
        mounted.Distinct().ShouldAllBe(path => Path.Exists(Path.Combine(Repository, "deploy", path)));
        var declared = file.GetProperty("secrets").EnumerateObject().Select(secret => secret.Name).ToList();
        services.EnumerateObject().SelectMany(service => service.Value.TryGetProperty("secrets", out var used) ? used.EnumerateArray().Select(secret => secret.GetString()!) : []).Distinct().Order().ShouldBe(declared.Order());
    }

    [Fact]
    public async Task The_manifests_follow_Kubernetes_models_and_keep_what_was_acknowledged()
    {
        var documents = await CheckAsync("kubernetes", PathOf("kubernetes", "wecombridge.yaml"));

        documents.Select(document => document.GetProperty("kind").GetString()).ShouldBe(["ConfigMap", "ServiceAccount", "Service", "Service", "StatefulSet", "PodDisruptionBudget", "NetworkPolicy"]);
        var pod = documents[4].GetProperty("spec").GetProperty("template").GetProperty("spec");
        var container = pod.GetProperty("containers")[0];
        pod.GetProperty("terminationGracePeriodSeconds").GetInt32().ShouldBeGreaterThanOrEqualTo(30 + container.GetProperty("lifecycle").GetProperty("preStop").GetProperty("sleep").GetProperty("seconds").GetInt32());
        (pod.GetProperty("securityContext").GetProperty("runAsNonRoot").GetBoolean(), container.GetProperty("securityContext").GetProperty("readOnlyRootFilesystem").GetBoolean(), container.GetProperty("securityContext").GetProperty("allowPrivilegeEscalation").GetBoolean()).ShouldBe((true, true, false));
        foreach (var (probe, path) in new[] { ("startupProbe", "/health/startup"), ("readinessProbe", "/health/ready"), ("livenessProbe", "/health/live") })
            container.GetProperty(probe).GetProperty("httpGet").GetProperty("path").GetString().ShouldBe(path);
        container.GetProperty("volumeMounts").EnumerateArray().Select(mount => mount.GetProperty("mountPath").GetString()).ShouldBe(["/data", "/settings", "/run/secrets", "/tmp"]);
        documents[4].GetProperty("spec").GetProperty("volumeClaimTemplates").GetArrayLength().ShouldBe(1);
        foreach (var document in documents.Skip(5)) Selector(document).ShouldBe("wecombridge");
    }

    [Fact]
    public void The_image_is_small_and_not_roots()
    {
        var lines = File.ReadAllLines(PathOf("Dockerfile"));

        lines.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)).Last().ShouldContain("chiseled");
        lines.ShouldContain("USER $APP_UID");
        lines.Where(line => line.StartsWith("HEALTHCHECK", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldContain("\"health\"");
        lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal)).SelectMany(line => line.Split(' ')[1..^1]).ShouldAllBe(path => Path.Exists(Path.Combine(Repository, path)));
        File.ReadAllText(PathOf("Dockerfile.dockerignore")).ShouldStartWith("*");
    }

    private static string PathOf(params string[] parts) => Path.Combine([Repository, "deploy", .. parts]);

    private static string? Selector(JsonElement document)
    {
        var spec = document.GetProperty("spec");
        return (spec.TryGetProperty("selector", out var selector) ? selector : spec.GetProperty("podSelector")).GetProperty("matchLabels").GetProperty("app.kubernetes.io/name").GetString();
    }

    private static async Task<List<JsonElement>> CheckAsync(string kind, string file)
    {
        var folder = Path.GetFullPath(Path.Combine(Tool.Folder, "..", "Deploy", "node"));
        Tool.Require(Directory.Exists(Path.Combine(folder, "node_modules")), "npm ci of Deploy/node");
        var (code, output) = await RunAsync("node", [Path.Combine(folder, "check.mjs"), kind, file]);
        code.ShouldBe(0, output);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, process.ExitCode == 0 ? output : output + await errors);
    }
}
