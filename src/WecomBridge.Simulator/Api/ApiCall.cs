using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using WecomBridge.Simulator.Ledger;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>One call with a valid token, as the handlers see it.</summary>
internal sealed class ApiCall
{
    public required CorpState Corp { get; init; }
    public required SimulatedApp App { get; init; }
    public required IQueryCollection Query { get; init; }
    public required JsonObject Body { get; init; }
    public required SimulatorLedger Ledger { get; init; }

    /// <summary>The parsed form of a media upload; null when the body is none that the platform reads.</summary>
    public MediaUpload? Upload { get; init; }

    public DateTimeOffset Now => Corp.Now;

    /// <summary>Relations younger than this are not answered yet.</summary>
    public DateTimeOffset VisibleBefore => Now - Corp.Options.RelationLag;

    /// <summary>A text of the body; null when absent or of another type.</summary>
    public string? Text(string name) => Body[name] is JsonValue v && v.TryGetValue(out string? text) ? text : null;

    /// <summary>Texts of the body; null when absent, empty when it is something else than a list.</summary>
    public IReadOnlyList<string>? Texts(string name) => Body[name] switch
    {
        null => null,
        JsonArray list => [.. list.Select(i => i is JsonValue v && v.TryGetValue(out string? text) ? text : "")],
        _ => [],
    };

    /// <summary>A whole number of the body; null when absent or of another type.</summary>
    public long? Number(string name) => Body[name] is JsonValue v && v.GetValueKind() == JsonValueKind.Number && v.TryGetValue(out long number) ? number : null;
}

/// <summary>A file of a <c>media/upload</c> form.</summary>
internal sealed record MediaUpload(string FileName, long Length);

/// <summary>An API path: how it is called, who may call it at once, and what it does.</summary>
internal sealed record ApiRoute(string Path, bool IsPost, Func<ApiCall, JsonObject> Handler)
{
    /// <summary>Counts for the concurrency limit (45033).</summary>
    public bool IsList { get; init; }

    /// <summary>Needs the app to be among those that may call the customer API (48002).</summary>
    public bool IsCustomerApi { get; init; } = Path.StartsWith("externalcontact/", StringComparison.Ordinal);

    /// <summary>What only one call at a time may touch; null: nothing.</summary>
    public Func<ApiCall, string?> Exclusive { get; init; } = _ => null;

    /// <summary>Code for the one that comes second.</summary>
    public int BusyCode { get; init; } = 45035;
}

/// <summary>Who called without a token yet: the address and the query of <c>gettoken</c>.</summary>
internal sealed record TokenCall(IQueryCollection Query, IPAddress Address);
