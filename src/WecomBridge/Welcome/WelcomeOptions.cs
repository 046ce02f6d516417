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

    /// <summary>Whether staff are told of greetings that were missed. Default false; nothing else is supported.</summary>
    public bool NotifyStaff { get; set; }

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

    /// <summary>What goes along, at most 9, each of one kind. Text and attachments must not both be empty.</summary>
    public List<WelcomeAttachmentOptions> Attachments { get; set; } = [];
}

/// <summary>One attachment: exactly one of the five is set.</summary>
internal sealed class WelcomeAttachmentOptions
{
    public LinkOptions? Link { get; set; }

    public ImageOptions? Image { get; set; }

    public MiniProgramOptions? MiniProgram { get; set; }

    public MediaOptions? Video { get; set; }

    public MediaOptions? File { get; set; }
}

internal sealed class LinkOptions
{
    /// <summary>At most 128 UTF-8 bytes. Required.</summary>
    public string Title { get; set; } = "";

    /// <summary>At most 2048 UTF-8 bytes, http or https. Required.</summary>
    public string Url { get; set; } = "";

    /// <summary>At most 512 UTF-8 bytes. Default: none.</summary>
    public string? Description { get; set; }

    /// <summary>Address of a picture. Default: none.</summary>
    public string? PicUrl { get; set; }
}

internal sealed class ImageOptions
{
    /// <summary>Id of temporary media (three days). This or <see cref="PicUrl"/>; this one wins.</summary>
    public string? MediaId { get; set; }

    /// <summary>Address that <c>media/uploadimg</c> returned.</summary>
    public string? PicUrl { get; set; }
}

internal sealed class MiniProgramOptions
{
    /// <summary>At most 64 UTF-8 bytes. Required.</summary>
    public string Title { get; set; } = "";

    /// <summary>Media id of the cover. Required.</summary>
    public string PicMediaId { get; set; } = "";

    /// <summary>The mini program, linked to the corp. Required.</summary>
    public string AppId { get; set; } = "";

    /// <summary>Its page. Required.</summary>
    public string Page { get; set; } = "";
}

internal sealed class MediaOptions
{
    /// <summary>Id of temporary media (three days). Required.</summary>
    public string MediaId { get; set; } = "";
}
