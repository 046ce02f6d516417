namespace WecomBridge.Telemetry;

/// <summary>Meters whose instruments are shown at <c>/metrics</c> and exported.</summary>
internal static class Meters
{
    /// <summary>Ours.</summary>
    public const string Bridge = "WecomBridge";

    /// <summary>Ours, and those of .NET that say how the process, its web server and its calls fare; none of them has an address in its tags.</summary>
    public static readonly IReadOnlyList<string> All = [Bridge, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime"];
}
