namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/group_welcome_template/add</c>: creates a greeting that group owners may choose; text and attachment must not both be missing. At most 100 in a corp (41055).</summary>
public sealed class CgibinExternalContactGroupWelcomeTemplateAddRequest : WecomRequest<CgibinExternalContactGroupWelcomeTemplateAddResponse>
{
    /// <summary>The text.</summary>
    public GroupWelcomeText? Text { get; init; }

    /// <summary>An image; of several attachments the platform takes image, link, mini program, file, video, in this order.</summary>
    public WelcomeImage? Image { get; init; }

    /// <summary>A link.</summary>
    public WelcomeLink? Link { get; init; }

    /// <summary>A mini program.</summary>
    public WelcomeMiniProgram? Miniprogram { get; init; }

    /// <summary>A file.</summary>
    public WelcomeMedia? File { get; init; }

    /// <summary>A video.</summary>
    public WelcomeMedia? Video { get; init; }

    /// <summary>Only for suites with several apps.</summary>
    public long? Agentid { get; init; }

    /// <summary>0: group owners are not told; 1, also without it: they are.</summary>
    public int? Notify { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GroupWelcomeTemplateAdd);
}

/// <summary>Answer of <c>externalcontact/group_welcome_template/add</c>.</summary>
public sealed class CgibinExternalContactGroupWelcomeTemplateAddResponse : WecomResponse
{
    /// <summary>Id of the template.</summary>
    public string? TemplateId { get; set; }
}

/// <summary>Text of a group's greeting.</summary>
/// <param name="Content">At most 3000 UTF-8 bytes; <c>%NICKNAME%</c> stands for the newcomer.</param>
public sealed record GroupWelcomeText(string Content);
