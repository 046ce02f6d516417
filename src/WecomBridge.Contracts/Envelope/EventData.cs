using System.Text.Json.Serialization;

namespace WecomBridge.Contracts;

/// <summary>What the data of every event carries.</summary>
public abstract record EventData
{
    /// <summary>WeCom's id of the corp (<c>ww…</c>), as configured.</summary>
    [JsonPropertyName("corpId"), JsonPropertyOrder(-3)]
    public required string CorpId { get; init; }

    /// <summary>Configured name of the corp: the second word of the routing key.</summary>
    [JsonPropertyName("corp"), JsonPropertyOrder(-2)]
    public required string Corp { get; init; }

    /// <summary>Configured name of the app that WeCom called back.</summary>
    [JsonPropertyName("app"), JsonPropertyOrder(-1)]
    public required string App { get; init; }
}

/// <summary>What the data of every command may carry. The corp a command acts on is the second word of its routing key.</summary>
public abstract record CommandData
{
    /// <summary>Configured name of the corp; null leaves it to the routing key, another name than the routing key's is rejected.</summary>
    [JsonPropertyName("corp"), JsonPropertyOrder(-2)]
    public string? Corp { get; init; }

    /// <summary>Configured name of the app to act through; null lets the bridge choose.</summary>
    [JsonPropertyName("app"), JsonPropertyOrder(-1)]
    public string? App { get; init; }
}
