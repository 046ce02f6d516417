using System.Text.Json.Serialization;

namespace WecomBridge.Wecom.Api;

/// <summary>Where a call goes.</summary>
/// <param name="Method">GET or POST; a POST carries the request's public properties as JSON.</param>
/// <param name="Path">Path under <c>cgi-bin/</c>, one of <see cref="WecomPaths"/>.</param>
public readonly record struct WecomApi(HttpMethod Method, string Path);

/// <summary>One call of the platform; the class is named after the path, its properties after the fields.</summary>
/// <typeparam name="TResponse">The answer of the same path.</typeparam>
public abstract class WecomRequest<TResponse>
    where TResponse : WecomResponse, new()
{
    /// <summary>Where the call goes.</summary>
    [JsonIgnore]
    public abstract WecomApi Api { get; }

    /// <summary>Query parameters beside the token; those that are null are left out.</summary>
    [JsonIgnore]
    public virtual IEnumerable<KeyValuePair<string, string?>> Query => [];

    /// <summary>A text of the request that no message may show; null when there is none.</summary>
    [JsonIgnore]
    public virtual string? Secret => null;

    /// <summary>What the call writes to: calls of one corp with the same key never run side by side (45035). Null for calls that may.</summary>
    [JsonIgnore]
    public virtual string? WriteKey => null;
}
