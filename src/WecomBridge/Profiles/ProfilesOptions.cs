namespace WecomBridge.Profiles;

/// <summary>What the CRM knows, where staff see it. Section <c>Profiles</c>.</summary>
internal sealed class ProfilesOptions
{
    public const string Section = "Profiles";

    /// <summary>The remark that staff see instead of the customer's name: a Handlebars template over <c>crm.&lt;field&gt;</c>, each field named in <c>Crm:Http:Fields</c>; cut at 20 characters. Default: none, no remark is written.</summary>
    public string? Remark { get; set; }

    /// <summary>When a remark is written. Default <c>EmptyOrOurs</c>.</summary>
    public RemarkWriting WriteWhen { get; set; } = RemarkWriting.EmptyOrOurs;
}

internal enum RemarkWriting
{
    /// <summary>Never.</summary>
    Never,

    /// <summary>Where staff have written none (WeCom then shows the customer's own name), or this service wrote the one that stands.</summary>
    EmptyOrOurs,
}
