namespace WecomBridge.Wecom.Api;

/// <content>Calls for tags.</content>
public static partial class WecomClientExtensions
{
    /// <summary>Corp tags and their groups (<c>externalcontact/get_corp_tag_list</c>).</summary>
    public static Task<CgibinExternalContactGetCorpTagListResponse> ExecuteCgibinExternalContactGetCorpTagListAsync(this IWecomClient client, CgibinExternalContactGetCorpTagListRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Creates corp tags, and their group if it is new (<c>externalcontact/add_corp_tag</c>).</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Conflict"/> with 40071 when a tag of that name exists.</exception>
    public static Task<CgibinExternalContactAddCorpTagResponse> ExecuteCgibinExternalContactAddCorpTagAsync(this IWecomClient client, CgibinExternalContactAddCorpTagRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Adds tags to and removes tags from a customer of one member (<c>externalcontact/mark_tag</c>).</summary>
    public static Task<CgibinExternalContactMarkTagResponse> ExecuteCgibinExternalContactMarkTagAsync(this IWecomClient client, CgibinExternalContactMarkTagRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Renames or moves a corp tag or group (<c>externalcontact/edit_corp_tag</c>); only what this app created.</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Gone"/> when there is no such tag (40068).</exception>
    public static Task<CgibinExternalContactEditCorpTagResponse> ExecuteCgibinExternalContactEditCorpTagAsync(this IWecomClient client, CgibinExternalContactEditCorpTagRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Deletes corp tags and groups that this app created (<c>externalcontact/del_corp_tag</c>).</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Gone"/> when there is no such tag (40068): done already.</exception>
    public static Task<CgibinExternalContactDeleteCorpTagResponse> ExecuteCgibinExternalContactDeleteCorpTagAsync(this IWecomClient client, CgibinExternalContactDeleteCorpTagRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Tags of rule groups (<c>externalcontact/get_strategy_tag_list</c>); only with the secret of the customer-contact system app.</summary>
    public static Task<CgibinExternalContactGetStrategyTagListResponse> ExecuteCgibinExternalContactGetStrategyTagListAsync(this IWecomClient client, CgibinExternalContactGetStrategyTagListRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Creates tags of a rule group (<c>externalcontact/add_strategy_tag</c>); only with the secret of the customer-contact system app.</summary>
    public static Task<CgibinExternalContactAddStrategyTagResponse> ExecuteCgibinExternalContactAddStrategyTagAsync(this IWecomClient client, CgibinExternalContactAddStrategyTagRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Renames or moves a tag of a rule group (<c>externalcontact/edit_strategy_tag</c>); only with the secret of the customer-contact system app.</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Gone"/> when there is no such tag (40068).</exception>
    public static Task<CgibinExternalContactEditStrategyTagResponse> ExecuteCgibinExternalContactEditStrategyTagAsync(this IWecomClient client, CgibinExternalContactEditStrategyTagRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Deletes tags of rule groups (<c>externalcontact/del_strategy_tag</c>); only with the secret of the customer-contact system app.</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Gone"/> when there is no such tag (40068): done already.</exception>
    public static Task<CgibinExternalContactDeleteStrategyTagResponse> ExecuteCgibinExternalContactDeleteStrategyTagAsync(this IWecomClient client, CgibinExternalContactDeleteStrategyTagRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);
}
