using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WecomBridge.Operations;

/// <summary><c>health</c>: asks a running service how it is, for containers without a shell and for scripts.</summary>
internal static class HealthVerb
{
    /// <summary>The verb looked and found the service unready, or found none.</summary>
    public const int Unready = 3;

    private const string ReadyPath = "/health/ready";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public static Command Create(Option<string[]> config)
    {
        var url = new Option<string?>("--url") { Description = "The page to ask; by default /health/ready at the first address of the setting urls." };
        var json = new Option<bool>("--json") { Description = "The page as it is, for programs." };
        var command = new Command("health", "Asks a running service on this machine whether it can make callbacks durable. Exit codes: 0 it can; 1 the command line is not understood; 2 settings cannot be used; 3 it cannot, or does not answer.") { url, json };
        command.TreatUnmatchedTokensAsErrors = false;
        url.Validators.Add(result =>
        {
            if (!Uri.TryCreate(result.GetValueOrDefault<string?>(), UriKind.Absolute, out var page) || page.Scheme is not ("http" or "https")) result.AddError("--url must be an address such as http://127.0.0.1:5000/health/ready.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var found = 0;
            var refused = await Verbs.ExplainAsync("Health cannot be asked for", async () =>
            {
                var page = parsed.GetValue(url) is { } given ? new Uri(given) : PageOf(Verbs.ReadSettings(parsed.GetValue(config) ?? [], [.. parsed.UnmatchedTokens], out _).TryGetValue("urls", out var urls) ? urls : null);
                found = await AskAsync(page, parsed.GetValue(json), parsed.InvocationConfiguration, cancellationToken);
            });
            return refused == 0 ? found : refused;
        });
        return command;
    }

    /// <summary>The page of a service that listens on these addresses.</summary>
    /// <param name="urls">Separated by <c>;</c>; null for the web server's default.</param>
    /// <exception cref="InvalidOperationException">The first is no address.</exception>
    internal static Uri PageOf(string? urls)
    {
        var first = (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "http://localhost:5000";
        var reachable = first.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal).Replace("//[::]", "//[::1]", StringComparison.Ordinal);
        return Uri.TryCreate(reachable, UriKind.Absolute, out var address) ? new Uri(address, ReadyPath) : throw new InvalidOperationException($"urls: '{first}' is no address; name the page with --url.");
    }

    private static async Task<int> AskAsync(Uri page, bool asJson, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(page, cancellationToken);
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            await console.Output.WriteLineAsync(asJson ? body : Table(body));
            return answer.IsSuccessStatusCode ? 0 : Unready;
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            await console.Error.WriteLineAsync($"{page} does not answer as this service does: see whether it runs, and which address its log names.");
            return Unready;
        }
    }

    private static string Table(string body)
    {
        using var report = JsonDocument.Parse(body);
        var rows = report.RootElement.GetProperty("checks").EnumerateObject().Select(check => (string[])[check.Name, Text(check.Value, "status"), Text(check.Value, "what")]).ToList();
        return report.RootElement.GetProperty("status").GetString() + Environment.NewLine + VerbOutput.Table(["CHECK", "STATUS", "WHAT"], rows, none: "");
    }

    private static string Text(JsonElement check, string name) => check.GetProperty(name).GetString() ?? nameof(HealthStatus.Healthy);
}
