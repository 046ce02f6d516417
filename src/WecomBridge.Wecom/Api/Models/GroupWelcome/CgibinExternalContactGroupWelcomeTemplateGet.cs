namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/group_welcome_template/get</c>: a greeting this app created (41058 for another's).</summary>
public sealed class CgibinExternalContactGroupWelcomeTemplateGetRequest : WecomRequest<CgibinExternalContactGroupWelcomeTemplateGetResponse>
{
    /// <summary>The template.</summary>
    public required string TemplateId { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GroupWelcomeTemplateGet);
}

/// <summary>Answer of <c>externalcontact/group_welcome_template/get</c>.</summary>
public sealed class CgibinExternalContactGroupWelcomeTemplateGetResponse : WecomResponse
{
    /// <summary>The text.</summary>
    public AnswerText? Text { get; set; }

    /// <summary>An image, by its address.</summary>
    public AnswerImage? Image { get; set; }

    /// <summary>A link.</summary>
    public AnswerLink? Link { get; set; }

    /// <summary>A mini program.</summary>
    public AnswerMiniProgram? Miniprogram { get; set; }

    /// <summary>A file.</summary>
    public AnswerMedia? File { get; set; }

    /// <summary>A video.</summary>
    public AnswerMedia? Video { get; set; }
}
