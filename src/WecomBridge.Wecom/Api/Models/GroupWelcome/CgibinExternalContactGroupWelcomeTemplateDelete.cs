namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/group_welcome_template/del</c>: deletes a greeting this app created (41058 for another's).</summary>
public sealed class CgibinExternalContactGroupWelcomeTemplateDeleteRequest : WecomRequest<CgibinExternalContactGroupWelcomeTemplateDeleteResponse>
{
    /// <summary>The template.</summary>
    public required string TemplateId { get; init; }

    /// <summary>Only for suites with several apps.</summary>
    public long? Agentid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GroupWelcomeTemplateDelete);
}

/// <summary>Answer of <c>externalcontact/group_welcome_template/del</c>.</summary>
public sealed class CgibinExternalContactGroupWelcomeTemplateDeleteResponse : WecomResponse;
