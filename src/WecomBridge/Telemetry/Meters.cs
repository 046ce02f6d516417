using System.Diagnostics.Metrics;

namespace WecomBridge.Telemetry;

/// <summary>Meters whose instruments are shown at <c>/metrics</c> and exported.</summary>
internal static class Meters
{
    /// <summary>Ours.</summary>
    public const string Bridge = "WecomBridge";

    /// <summary>Ours, and those of .NET that say how the process, its web server and its calls fare. Their tags hold the hosts that are called and the addresses that are listened on, both from the settings, and no path or query.</summary>
    public static readonly IReadOnlyList<string> All = [Bridge, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime"];

    /// <summary>Both have <c>network.peer.address</c> among their tags: each address that a name ever resolved to would be a series of its own.</summary>
    private static readonly string[] LeftOut = ["http.client.open_connections", "http.client.connection.duration"];

    /// <summary>Whether an instrument is neither shown nor exported although its meter is.</summary>
    public static bool IsLeftOut(Instrument instrument) => LeftOut.Contains(instrument.Name, StringComparer.Ordinal);
}
