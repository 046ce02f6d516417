using WecomBridge.Rules;

namespace WecomBridge.Welcome;

/// <summary>Greeting sent to a new contact. Section <c>Welcome</c>.</summary>
internal sealed class WelcomeOptions
{
    public const string Section = "Welcome";

    /// <summary>How long after the add a greeting is still tried. Default 18 s, 1–20 s: the code lives 20 s.</summary>
    public TimeSpan SendWithin { get; set; } = TimeSpan.FromSeconds(18);

    /// <summary>How long the look-ups that rules and texts ask for may hold a greeting up; what is not known by then is left out. Default 1.5 s, 0–10 s; 5 s before <see cref="SendWithin"/> ends they end anyway.</summary>
    public TimeSpan LookUpWithin { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Whether a member is told by message when a new customer was not greeted and a word of theirs would help. Default false. Each app with a secret then needs its AgentId.</summary>
    public bool NotifyStaff { get; set; }

    /// <summary>That message, a Handlebars template, at most 2048 UTF-8 bytes. Fields: those of <see cref="StaffNoticeFields"/>.</summary>
    public string StaffNotice { get; set; } = "有 {{missed.count}} 位新客户没有收到欢迎语（{{missed.reason}}），请主动打个招呼。 {{missed.count}} new customer(s) were not greeted ({{missed.reason}}). Please say hello.";

    /// <summary>Greetings in order; the first whose conditions all hold is sent. Default: none, nobody is greeted.</summary>
    public List<WelcomeRule> Rules { get; set; } = [];
}

/// <summary>One greeting and whom it is for.</summary>
internal sealed class WelcomeRule
{
    /// <summary>Names the rule in events, logs and faults; unique. Required.</summary>
    public string Name { get; set; } = "";

    /// <summary>Whom it is for; the time is that of the add. Default: everybody.</summary>
    public When When { get; set; } = new();

    /// <summary>The text, a Handlebars template, at most 4000 UTF-8 bytes. Fields: staff.userId, staff.name, customer.externalUserId, customer.name, channel.state and crm with each name of Crm:Http:Fields; one that is not known in time is empty.</summary>
    public string Text { get; set; } = "";

    /// <summary>Sent in the place of an empty text when media of an attachment are missing, a template as <see cref="Text"/> is. Default: none; what is left is sent alone, and nothing when nothing is left.</summary>
    public string? FallbackText { get; set; }

    /// <summary>What goes along, at most 9, each of one kind. Text and attachments must not both be empty.</summary>
    public List<WelcomeAttachmentOptions> Attachments { get; set; } = [];
}
