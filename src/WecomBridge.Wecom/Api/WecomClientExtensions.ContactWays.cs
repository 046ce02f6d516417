namespace WecomBridge.Wecom.Api;

/// <content>Calls for contact ways.</content>
public static partial class WecomClientExtensions
{
    /// <summary>Creates a code by which customers add members (<c>externalcontact/add_contact_way</c>). Not to be repeated blindly: each call makes another one.</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Rejected"/> when the corp's 500000 contact and join ways are used up (41045).</exception>
    public static Task<CgibinExternalContactAddContactWayResponse> ExecuteCgibinExternalContactAddContactWayAsync(this IWecomClient client, CgibinExternalContactAddContactWayRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>A contact way this app created (<c>externalcontact/get_contact_way</c>).</summary>
    public static Task<CgibinExternalContactGetContactWayResponse> ExecuteCgibinExternalContactGetContactWayAsync(this IWecomClient client, CgibinExternalContactGetContactWayRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>One page of the contact ways this app created (<c>externalcontact/list_contact_way</c>).</summary>
    public static Task<CgibinExternalContactListContactWayResponse> ExecuteCgibinExternalContactListContactWayAsync(this IWecomClient client, CgibinExternalContactListContactWayRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Changes a contact way this app created (<c>externalcontact/update_contact_way</c>).</summary>
    public static Task<CgibinExternalContactUpdateContactWayResponse> ExecuteCgibinExternalContactUpdateContactWayAsync(this IWecomClient client, CgibinExternalContactUpdateContactWayRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Deletes a contact way this app created (<c>externalcontact/del_contact_way</c>).</summary>
    public static Task<CgibinExternalContactDeleteContactWayResponse> ExecuteCgibinExternalContactDeleteContactWayAsync(this IWecomClient client, CgibinExternalContactDeleteContactWayRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Ends a temporary session (<c>externalcontact/close_temp_chat</c>).</summary>
    public static Task<CgibinExternalContactCloseTempChatResponse> ExecuteCgibinExternalContactCloseTempChatAsync(this IWecomClient client, CgibinExternalContactCloseTempChatRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);
}
