namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/group_welcome_template/edit</c>: replaces a greeting this app created (41058 for another's).</summary>
public sealed class CgibinExternalContactGroupWelcomeTemplateEditRequest : WecomRequest<CgibinExternalContactGroupWelcomeTemplateEditResponse>
{
    /// <summary>The template.</summary>
    public required string TemplateId { get; init; }

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

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GroupWelcomeTemplateEdit);
}

/// <summary>Answer of <c>externalcontact/group_welcome_template/edit</c>.</summary>
public sealed class CgibinExternalContactGroupWelcomeTemplateEditResponse : WecomResponse;
