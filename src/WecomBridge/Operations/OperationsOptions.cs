namespace WecomBridge.Operations;

/// <summary>The pages for operators, on an address of their own. Section <c>Operations</c>.</summary>
internal sealed class OperationsOptions
{
    public const string Section = "Operations";

    /// <summary>Where they are: plain http, an IP address or <c>localhost</c>, and a port (0 for any free one); empty for nowhere. Beyond loopback only with tokens. Default <c>http://127.0.0.1:9090</c>.</summary>
    public string Url { get; set; } = "http://127.0.0.1:9090";

    /// <summary>Who may look and act, by name (<c>[a-z0-9_-]{1,32}</c>). Default: nobody, and pages that need a token answer 401.</summary>
    public Dictionary<string, OperationsTokenOptions> Tokens { get; set; } = [];
}

/// <summary>One who may.</summary>
internal sealed class OperationsTokenOptions
{
    /// <summary>Sent as <c>Authorization: Bearer</c>; as <c>env:NAME</c> or <c>file:PATH</c>, at least 16 characters. Required.</summary>
    public string Token { get; set; } = "";

    /// <summary>What they may do. Default <c>Read</c>.</summary>
    public OperationsRole Role { get; set; } = OperationsRole.Read;
}

internal enum OperationsRole
{
    /// <summary>Look.</summary>
    Read,

    /// <summary>Look and act.</summary>
    Operate,
}
