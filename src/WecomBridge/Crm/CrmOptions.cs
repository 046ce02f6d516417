namespace WecomBridge.Crm;

/// <summary>The company's CRM. Section <c>Crm</c>.</summary>
internal sealed class CrmOptions
{
    public const string Section = "Crm";

    /// <summary>How the CRM is reached. Default <c>None</c>: nobody is looked up.</summary>
    public CrmProvider Provider { get; set; } = CrmProvider.None;

    public MemberNumberOptions MemberNumber { get; set; } = new();

    /// <summary>Used with <c>Provider: Http</c>.</summary>
    public HttpCrmOptions Http { get; set; } = new();

    /// <summary>Used with <c>Provider: Sql</c>.</summary>
    public SqlCrmOptions Sql { get; set; } = new();

    /// <summary>What the chosen connector has in common with the other; those of HTTP where none is chosen.</summary>
    internal CrmCallOptions Calls => Provider == CrmProvider.Sql ? Sql : Http;

    /// <summary>Names of the facts that the settings read, <c>id</c> among them.</summary>
    internal IReadOnlyCollection<string> FieldNames => Calls.Fields.Keys;

    /// <summary>The settings say what is written to a customer's record.</summary>
    internal bool Writes => Provider switch
    {
        CrmProvider.Http => Http.Write.Request is not null,
        CrmProvider.Sql => Sql.Write.Statement is not null,
        _ => false,
    };

    /// <summary>How writing is done, whichever connector does it.</summary>
    internal CrmWriteOptions Write => Provider == CrmProvider.Sql ? Sql.Write : Http.Write;
}

internal enum CrmProvider
{
    None,
    Http,
    Sql,
}

/// <summary>Where WeCom's side holds a customer's number in the CRM. In a pattern <c>{number}</c> stands for the number (letters, digits, <c>-</c> and <c>_</c>), <c>*</c> for any text, <c>?</c> for one character.</summary>
internal sealed class MemberNumberOptions
{
    /// <summary>Pattern of a whole channel parameter, such as <c>member-{number}</c>. Default: none, not looked for there.</summary>
    public string? State { get; set; }

    /// <summary>Pattern of a whole remark, such as <c>*No.{number}*</c>. Default: none, not looked for there.</summary>
    public string? Remark { get; set; }
}

/// <summary>What both connectors have.</summary>
internal abstract class CrmCallOptions
{
    /// <summary>How the customer is found by the platform's id. Default: none, this key is not tried.</summary>
    public string? FindByExternalUserId { get; set; }

    /// <summary>How the customer is found by union id. Default: none, this key is not tried.</summary>
    public string? FindByUnionId { get; set; }

    /// <summary>How the customer is found by the number in the CRM. Default: none, this key is not tried.</summary>
    public string? FindByMemberNumber { get; set; }

    /// <summary>How the customer is found by mobile number. Default: none, this key is not tried.</summary>
    public string? FindByMobile { get; set; }

    /// <summary>Facts by name, each with the place of its value in an answer. <c>id</c> is required.</summary>
    public Dictionary<string, string> Fields { get; set; } = [];

    /// <summary>Longest one question or write may take. Default 2 s, 0.1–30 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an answer, found or not, is used again without asking. Default 1 min, 0–24 h.</summary>
    public TimeSpan CacheFor { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Until what age a customer who was found is used at once for a greeting while the CRM is asked anew in the background; profiles and writes take no such answer. Default 10 min, 0–24 h; not above <see cref="CacheFor"/>: never.</summary>
    public TimeSpan StaleFor { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many answers are kept; the oldest go first. Default 10,000, 0–1,000,000.</summary>
    public int CacheSize { get; set; } = 10_000;

    /// <summary>How long the CRM is left alone after at least half of ten or more questions within 30 s failed. Default 15 s, 1 s–10 min.</summary>
    public TimeSpan BreakFor { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The question by a key; null when the key is not tried.</summary>
    public string? QuestionBy(CrmKey key) => key switch
    {
        CrmKey.ExternalUserId => FindByExternalUserId,
        CrmKey.UnionId => FindByUnionId,
        CrmKey.MemberNumber => FindByMemberNumber,
        _ => FindByMobile,
    };
}

/// <summary>What both connectors have for writing.</summary>
internal abstract class CrmWriteOptions
{
    /// <summary>To whose records. Default <c>Likely</c>: whoever was found.</summary>
    public CrmConfidence WriteTo { get; set; } = CrmConfidence.Likely;

    /// <summary>Facts (names of <c>Fields</c>) that tell whether a write was kept, each with the template of the text they must then hold. Default: none, a success is believed.</summary>
    public Dictionary<string, string> Check { get; set; } = [];

    /// <summary>How long after a write that is looked at. Default 30 s, 1 s–24 h.</summary>
    public TimeSpan CheckAfter { get; set; } = TimeSpan.FromSeconds(30);
}
