using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>An API path: how it is called, who may call it at once, and what it does.</summary>
internal sealed record ApiRoute(string Path, bool IsPost, Func<ApiCall, JsonObject> Handler)
{
    /// <summary>Counts for the concurrency limit (45033).</summary>
    public bool IsList { get; init; }

    /// <summary>Takes a multipart form instead of JSON.</summary>
    public bool IsUpload { get; init; }

    /// <summary>Stands outside the minute and hour budgets, as <c>message/send</c> does.</summary>
    public bool IsUncounted { get; init; }

    /// <summary>Needs the app to be among those that may call the customer API (48002).</summary>
    public bool IsCustomerApi { get; init; } = Path.StartsWith("externalcontact/", StringComparison.Ordinal);

    /// <summary>Kinds of app whose token is taken (48002).</summary>
    public AppKinds Callers { get; init; } = Path.StartsWith("externalcontact/", StringComparison.Ordinal) ? AppKinds.All & ~AppKinds.ContactsSync : AppKinds.All;

    /// <summary>What only one call at a time may touch; null: nothing.</summary>
    public Func<ApiCall, string?>? Exclusive { get; init; }

    /// <summary>Code for the one that comes second.</summary>
    public int BusyCode { get; init; } = 45035;

    public bool Takes(SimulatedApp app) => (Callers & app.Kind) != AppKinds.None && (!IsCustomerApi || app.CustomerApiAllowed);
}
