using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using WecomBridge.Simulator.Ledger;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>One call with a valid token, as the handlers see it. The <c>Need</c> methods refuse the call when the field is not as documented.</summary>
internal sealed class ApiCall
{
    public required string Path { get; init; }
    public required CorpState Corp { get; init; }
    public required SimulatedApp App { get; init; }
    public required IQueryCollection Query { get; init; }
    public required JsonObject Body { get; init; }
    public required SimulatorLedger Ledger { get; init; }

    /// <summary>The parsed form of an upload; null when the body is none that the platform reads.</summary>
    public MediaUpload? Upload { get; init; }

    /// <summary>Set by a handler whose answer is a file instead of JSON.</summary>
    public StoredMedia? File { get; set; }

    public DateTimeOffset Now => Corp.Now;

    /// <summary>Relations younger than this are not answered yet.</summary>
    public DateTimeOffset VisibleBefore => Now - Corp.Options.RelationLag;

    /// <summary>A text of the body; null when absent or of another type.</summary>
    public string? Text(string name) => Fields.Text(Body, name);

    /// <summary>Texts of the body; null when absent, empty when it is something else than a list.</summary>
    public IReadOnlyList<string>? Texts(string name) => Fields.Texts(Body, name);

    /// <summary>A whole number of the body; null when absent or of another type.</summary>
    public long? Number(string name) => Fields.Number(Body, name);

    /// <summary>A text of the body that must be there.</summary>
    public string Need(string name, int code = 40058) => Text(name) is { Length: > 0 } text ? text : throw Missing(name, code);

    /// <summary>A text of the query that must be there.</summary>
    public string NeedQuery(string name, int code = 40058) => Query[name].ToString() is { Length: > 0 } text ? text : throw Missing(name, code);

    /// <summary>A number within bounds; absent, the default, or a refusal when there is none.</summary>
    public long Number(string name, long least, long most, long? byDefault = null)
    {
        if (Body[name] is null && byDefault is { } value) return value;
        return Number(name) is { } number && number >= least && number <= most ? number : throw ApiRefusal.Parameter(name, $"must be {least} to {most}");
    }

    /// <summary>Unix seconds; absent, the default, or a refusal when there is none.</summary>
    public DateTimeOffset Time(string name, DateTimeOffset? byDefault = null) =>
        DateTimeOffset.FromUnixTimeSeconds(Number(name, 0, DateTimeOffset.MaxValue.ToUnixTimeSeconds(), byDefault?.ToUnixTimeSeconds()));

    /// <summary>A text of at most so many characters; null when absent.</summary>
    public string? Short(string name, int characters) =>
        Text(name) is not { } text || text.Length <= characters ? Text(name) : throw ApiRefusal.Parameter(name, $"is longer than {characters} characters");

    /// <summary>A text of at most so many bytes; null when absent.</summary>
    public string? ShortBytes(string name, int bytes) =>
        Text(name) is not { } text || Encoding.UTF8.GetByteCount(text) <= bytes ? Text(name) : throw ApiRefusal.Parameter(name, $"is longer than {bytes} bytes");

    /// <summary>Texts of which there must be one, and at most so many.</summary>
    public IReadOnlyList<string> NeedTexts(string name, int most, int emptyCode = 40058, int manyCode = 40058)
    {
        if (Texts(name) is not { Count: > 0 } texts) throw Missing(name, emptyCode);
        return texts.Count <= most ? texts : throw (manyCode == 40058 ? ApiRefusal.Parameter(name, $"has more than {most} entries") : new ApiRefusal(manyCode));
    }

    /// <summary>A member of the corp.</summary>
    public SimulatedStaff Member(string? userId) => Corp.Staff.GetValueOrDefault(string.IsNullOrEmpty(userId) ? throw new ApiRefusal(41009) : userId) ?? throw new ApiRefusal(60111);

    /// <summary>A customer of the corp.</summary>
    public SimulatedCustomer Customer(string? externalUserId) =>
        Corp.Customers.GetValueOrDefault(string.IsNullOrEmpty(externalUserId) ? throw new ApiRefusal(41035) : externalUserId) ?? throw new ApiRefusal(40096);

    /// <summary>Writes down what the call has made or changed.</summary>
    public void Note(string what, string action, string id) => Ledger.Add(new ObjectEntry(Corp.CorpId, App.Name, what, action, id));

    private static ApiRefusal Missing(string name, int code) => code == 40058 ? ApiRefusal.Parameter(name) : new ApiRefusal(code);
}

/// <summary>Reads fields of JSON objects that come from outside.</summary>
internal static class Fields
{
    public static string? Text(JsonObject json, string name) => json[name] is JsonValue v && v.TryGetValue(out string? text) ? text : null;

    public static IReadOnlyList<string>? Texts(JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonArray list => [.. list.Select(i => i is JsonValue v && v.TryGetValue(out string? text) ? text : "")],
        _ => [],
    };

    public static IReadOnlyList<long>? Numbers(JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonArray list => [.. list.Select(i => i is JsonValue v && v.TryGetValue(out long number) ? number : 0)],
        _ => [],
    };

    public static long? Number(JsonObject json, string name) => json[name] is JsonValue v && v.GetValueKind() == JsonValueKind.Number && v.TryGetValue(out long number) ? number : null;

    public static bool? Flag(JsonObject json, string name) => json[name] is JsonValue v && v.TryGetValue(out bool flag) ? flag : null;

    public static JsonObject? Part(JsonObject json, string name) => json[name] as JsonObject;

    public static int Bytes(JsonObject json, string name) => Encoding.UTF8.GetByteCount(Text(json, name) ?? "");
}

/// <summary>A file of an upload form.</summary>
internal sealed record MediaUpload(string FileName, string ContentType, byte[] Content);

/// <summary>Who called without a token yet: the address and the query of <c>gettoken</c>.</summary>
internal sealed record TokenCall(IQueryCollection Query, IPAddress Address);
