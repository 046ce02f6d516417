namespace WecomBridge.Profiles;

/// <summary>What the CRM knows, where staff see it. Section <c>Profiles</c>. Each text is a Handlebars template over <c>crm.&lt;field&gt;</c>, and without one its field is never written.</summary>
internal sealed class ProfilesOptions
{
    public const string Section = "Profiles";

    /// <summary>The remark that staff see instead of the customer's name; cut at 20 characters. Default: none.</summary>
    public string? Remark { get; set; }

    /// <summary>The description below it; cut at 150 characters. Default: none.</summary>
    public string? Description { get; set; }

    /// <summary>The company, of WeChat users only; cut at 20 characters. Default: none.</summary>
    public string? Company { get; set; }

    /// <summary>Mobile numbers, separated by spaces or commas; added to those that staff noted. Default: none.</summary>
    public string? Mobiles { get; set; }

    /// <summary>When a field is written. Default <c>EmptyOrOurs</c>.</summary>
    public FieldWriting WriteWhen { get; set; } = FieldWriting.EmptyOrOurs;

    /// <summary>The same for single fields.</summary>
    public FieldWritingOptions WriteWhenOf { get; set; } = new();

    /// <summary>How sure it must be that the CRM's record is the customer's. Default <c>Likely</c>.</summary>
    public WriteFrom WriteFrom { get; set; } = WriteFrom.Likely;
}

/// <summary>When a single field is written; each null leaves it to <c>Profiles:WriteWhen</c>.</summary>
internal sealed class FieldWritingOptions
{
    /// <summary>When the remark is written. Default: as <see cref="ProfilesOptions.WriteWhen"/> says.</summary>
    public FieldWriting? Remark { get; set; }

    /// <summary>When the description is written. Default: as <see cref="ProfilesOptions.WriteWhen"/> says.</summary>
    public FieldWriting? Description { get; set; }

    /// <summary>When the company is written. Default: as <see cref="ProfilesOptions.WriteWhen"/> says.</summary>
    public FieldWriting? Company { get; set; }

    /// <summary>When mobile numbers are written. Default: as <see cref="ProfilesOptions.WriteWhen"/> says.</summary>
    public FieldWriting? Mobiles { get; set; }
}

internal enum FieldWriting
{
    /// <summary>Never.</summary>
    Never,

    /// <summary>Once, where nothing stands.</summary>
    Empty,

    /// <summary>Where nothing stands (of the remark: where WeCom shows the customer's own name), or this service wrote what does.</summary>
    EmptyOrOurs,
}

internal enum WriteFrom
{
    /// <summary>A key that may name somebody else is enough, such as a mobile typed by staff.</summary>
    Likely,

    /// <summary>Only a key that names one person.</summary>
    Certain,
}
