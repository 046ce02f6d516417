namespace WecomBridge.Crm;

/// <summary>A CRM that answers HTTP requests with JSON. A question is a path and query below the address, asked with GET, or <c>POST path body</c>; a fact's place is a JSON pointer (RFC 6901).</summary>
internal sealed class HttpCrmOptions : CrmCallOptions
{
    /// <summary>Its address, ending in a slash. Required; plain http only for loopback addresses. Redirects are not followed.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>Hosts that may be called beside the one of <see cref="BaseUrl"/>, such as the one that gives tokens. Default: none.</summary>
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    /// <summary>Headers of every request; a value may be <c>env:NAME</c> or <c>file:PATH</c>. Default: <c>Accept: application/json</c>.</summary>
    public Dictionary<string, string> Headers { get; set; } = [];

    public CrmAuthOptions Auth { get; set; } = new();

    /// <summary>JSON pointer to the number of all matches, for answers that come in pages. Default: none, the records of the answer are counted.</summary>
    public string? Total { get; set; }

    /// <summary>JSON pointer to the next page's address; pages are read until it is known whether more than one customer matches. Default: none, one answer is all.</summary>
    public string? NextPage { get; set; }

    public HttpWriteOptions Write { get; set; } = new();
}

/// <summary>How the service shows who it is: at most one of these.</summary>
internal sealed class CrmAuthOptions
{
    /// <summary>Sent as <c>Authorization: Bearer</c>, as <c>env:NAME</c> or <c>file:PATH</c>. Default: none.</summary>
    public string? Bearer { get; set; }

    public BasicAuthOptions Basic { get; set; } = new();

    public ApiKeyOptions ApiKey { get; set; } = new();

    public OAuth2Options OAuth2 { get; set; } = new();
}

/// <summary>Sent as <c>Authorization: Basic</c>.</summary>
internal sealed class BasicAuthOptions
{
    /// <summary>Default: none, this kind is not used.</summary>
    public string? User { get; set; }

    /// <summary>As <c>env:NAME</c> or <c>file:PATH</c>.</summary>
    public string? Password { get; set; }
}

/// <summary>A key in a header of its own.</summary>
internal sealed class ApiKeyOptions
{
    /// <summary>Default <c>X-Api-Key</c>.</summary>
    public string Header { get; set; } = "X-Api-Key";

    /// <summary>As <c>env:NAME</c> or <c>file:PATH</c>. Default: none, this kind is not used.</summary>
    public string? Value { get; set; }
}

/// <summary>Client credentials (RFC 6749, section 4.4): a token is fetched, and kept until shortly before its end.</summary>
internal sealed class OAuth2Options
{
    /// <summary>Where tokens are given; on the host of the CRM or an allowed one. Default: none, this kind is not used.</summary>
    public Uri? TokenUrl { get; set; }

    /// <summary>Required with <see cref="TokenUrl"/>.</summary>
    public string? ClientId { get; set; }

    /// <summary>As <c>env:NAME</c> or <c>file:PATH</c>.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Default: none is asked for.</summary>
    public string? Scope { get; set; }
}

/// <summary>What is written to the record of a customer.</summary>
internal sealed class HttpWriteOptions : CrmWriteOptions
{
    /// <summary>Method and path with <c>{id}</c>, such as <c>PATCH customers/{id}</c>. Default: none, nothing is written.</summary>
    public string? Request { get; set; }

    /// <summary>The body: JSON pointers, each with the template of its value. A value that is nothing but <c>{{tags.list}}</c>, <c>{{staff.list}}</c> or <c>{{groupList.name}}</c> becomes a list.</summary>
    public Dictionary<string, string> Set { get; set; } = [];

    /// <summary>Default <c>application/json</c>.</summary>
    public string ContentType { get; set; } = "application/json";

    /// <summary>Header with the key by which the CRM knows a repeated write. Default <c>Idempotency-Key</c>.</summary>
    public string KeyHeader { get; set; } = "Idempotency-Key";

    public HttpCreateOptions Create { get; set; } = new();
}

/// <summary>How customers whom the CRM does not know are given to it.</summary>
internal sealed class HttpCreateOptions
{
    /// <summary>Method and path, such as <c>POST customers</c>. Default: none, they are left out.</summary>
    public string? Request { get; set; }

    /// <summary>The body, as for a write.</summary>
    public Dictionary<string, string> Set { get; set; } = [];
}
