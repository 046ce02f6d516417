using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Control;

/// <summary>The JSON body of a control call, and the query for those without one.</summary>
internal sealed class ControlRequest(WecomSimulator simulator, JsonObject body, IQueryCollection query, CancellationToken stopped)
{
    public WecomSimulator Simulator { get; } = simulator;

    public CancellationToken Stopped { get; } = stopped;

    /// <summary>The corp named, else the first.</summary>
    public SimulatedCorp Corp => Simulator.Wecom.Corp(Text("corp"));

    /// <summary>The app named, else the first.</summary>
    public SimulatedApp App => Corp.App(Text("app"));

    public string? Text(string name) => body[name] is { } node and not JsonArray ? node.ToString() : body[name] is null ? (string?)query[name] : null;

    /// <exception cref="ControlException">It is missing.</exception>
    public string Need(string name) => Text(name) is { Length: > 0 } text ? text : throw new ControlException($"{name} is missing.");

    public IReadOnlyList<string> Texts(string name) => body[name] is JsonArray list ? [.. list.Select(i => i?.ToString() ?? "")] : [];

    public bool? Flag(string name) => Text(name) is { } text ? Parse(text, name, (string t, out bool v) => bool.TryParse(t, out v)) : null;

    public int? Number(string name) => Text(name) is { } text ? Parse(text, name, (string t, out int v) => int.TryParse(t, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out v)) : null;

    public double? Fraction(string name) => Text(name) is { } text ? Parse(text, name, (string t, out double v) => double.TryParse(t, CultureInfo.InvariantCulture, out v)) : null;

    public TimeSpan? Milliseconds(string name) => Number(name) is { } ms ? TimeSpan.FromMilliseconds(ms) : null;

    /// <summary>The body as a record.</summary>
    /// <exception cref="ControlException">It does not fit.</exception>
    public T As<T>()
    {
        try
        {
            return body.Deserialize<T>(ControlJson.Options) ?? throw new ControlException("A JSON object is needed.");
        }
        catch (JsonException e)
        {
            throw new ControlException(e.Message);
        }
    }

    private delegate bool Parser<T>(string text, out T value);

    private static T Parse<T>(string text, string name, Parser<T> parser) => parser(text, out var value) ? value : throw new ControlException($"{name} cannot be read: {text}");
}

/// <summary>A control call that makes no sense; its message is the answer.</summary>
internal sealed class ControlException(string message) : Exception(message);
