namespace WecomBridge.Crm;

/// <summary>The company's CRM. Section <c>Crm</c>.</summary>
internal sealed class CrmOptions
{
    public const string Section = "Crm";

    /// <summary>How the CRM is reached. Default <c>None</c>: nobody is looked up.</summary>
    public CrmProvider Provider { get; set; } = CrmProvider.None;

    /// <summary>Used with <c>Provider: Http</c>.</summary>
    public HttpCrmOptions Http { get; set; } = new();
}

internal enum CrmProvider
{
    None,
    Http,
}

/// <summary>A CRM that answers GET requests with JSON.</summary>
internal sealed class HttpCrmOptions
{
    /// <summary>Its address, ending in a slash. Required; plain http only for loopback addresses. Redirects are not followed.</summary>
    public Uri? BaseUrl { get; set; }

    public CrmAuthOptions Auth { get; set; } = new();

    /// <summary>Path and query that finds by union id, relative to the address, with <c>{unionId}</c> in it, such as <c>customers?unionid={unionId}</c>. Default: none, this key is not tried.</summary>
    public string? FindByUnionId { get; set; }

    /// <summary>Path and query that finds by mobile number, with <c>{mobile}</c> in it. Default: none, this key is not tried.</summary>
    public string? FindByMobile { get; set; }

    /// <summary>Facts by name, each a JSON pointer (RFC 6901) into the answer. <c>id</c> is required; the array it points into tells how many customers were found.</summary>
    public Dictionary<string, string> Fields { get; set; } = [];

    /// <summary>Longest one question may take. Default 2 s, 0.1–30 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an answer, found or not, is used again without asking. Default 1 min, 0–24 h.</summary>
    public TimeSpan CacheFor { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many answers are kept; the oldest go first. Default 10,000, 0–1,000,000.</summary>
    public int CacheSize { get; set; } = 10_000;

    /// <summary>How long the CRM is left alone after at least half of ten or more questions within 30 s failed. Default 15 s, 1 s–10 min.</summary>
    public TimeSpan BreakFor { get; set; } = TimeSpan.FromSeconds(15);
}

internal sealed class CrmAuthOptions
{
    /// <summary>Sent as <c>Authorization: Bearer</c>, as <c>env:NAME</c> or <c>file:PATH</c>. Default: none.</summary>
    public string? Bearer { get; set; }
}
