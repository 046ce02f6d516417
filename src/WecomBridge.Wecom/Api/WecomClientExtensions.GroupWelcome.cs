namespace WecomBridge.Wecom.Api;

/// <content>Calls for greetings of groups.</content>
public static partial class WecomClientExtensions
{
    /// <summary>Creates a greeting that group owners may choose (<c>externalcontact/group_welcome_template/add</c>). Not to be repeated blindly: each call makes another one.</summary>
    public static Task<CgibinExternalContactGroupWelcomeTemplateAddResponse> ExecuteCgibinExternalContactGroupWelcomeTemplateAddAsync(this IWecomClient client, CgibinExternalContactGroupWelcomeTemplateAddRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Replaces a greeting this app created (<c>externalcontact/group_welcome_template/edit</c>).</summary>
    public static Task<CgibinExternalContactGroupWelcomeTemplateEditResponse> ExecuteCgibinExternalContactGroupWelcomeTemplateEditAsync(this IWecomClient client, CgibinExternalContactGroupWelcomeTemplateEditRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>A greeting this app created (<c>externalcontact/group_welcome_template/get</c>).</summary>
    public static Task<CgibinExternalContactGroupWelcomeTemplateGetResponse> ExecuteCgibinExternalContactGroupWelcomeTemplateGetAsync(this IWecomClient client, CgibinExternalContactGroupWelcomeTemplateGetRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Deletes a greeting this app created (<c>externalcontact/group_welcome_template/del</c>).</summary>
    public static Task<CgibinExternalContactGroupWelcomeTemplateDeleteResponse> ExecuteCgibinExternalContactGroupWelcomeTemplateDeleteAsync(this IWecomClient client, CgibinExternalContactGroupWelcomeTemplateDeleteRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);
}
