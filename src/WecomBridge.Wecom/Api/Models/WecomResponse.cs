using System.Text.Json.Serialization;

namespace WecomBridge.Wecom.Api;

/// <summary>What every answer has.</summary>
public abstract class WecomResponse
{
    /// <summary>0 for success, also when the platform left it out.</summary>
    [JsonIgnore]
    public int ErrorCode { get; internal set; }

    /// <summary>Human text; its wording changes without notice, so nothing branches on it.</summary>
    [JsonIgnore]
    public string? ErrorMessage { get; internal set; }

    /// <summary>The platform did not understand part of the request and did the rest (<c>Warning: wrong json format</c>): a fault of the sender, as repeatable as the success beside it.</summary>
    [JsonIgnore]
    public bool HasWarning => ErrorMessage?.Contains("Warning: wrong json format", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The answer as it came, UTF-8.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> RawBody { get; internal set; }

    /// <summary>The platform did what was asked.</summary>
    public bool IsSuccessful() => ErrorCode == WecomErrorCodes.Ok;
}

/// <summary>Answer of <c>gettoken</c>.</summary>
public sealed class GetTokenResponse : WecomResponse
{
    /// <summary>The token, at most 512 bytes.</summary>
    public string? AccessToken { get; set; }

    /// <summary>Life in seconds, usually 7200.</summary>
    public long? ExpiresIn { get; set; }
}
