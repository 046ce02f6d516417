namespace WecomBridge.Wecom.Api;

/// <content>Calls for members and departments.</content>
public static partial class WecomClientExtensions
{
    /// <summary>One member (<c>user/get</c>).</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Gone"/> when there is no such member (60111).</exception>
    public static Task<CgibinUserGetResponse> ExecuteCgibinUserGetAsync(this IWecomClient client, CgibinUserGetRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Names of a department's members (<c>user/simplelist</c>).</summary>
    public static Task<CgibinUserSimpleListResponse> ExecuteCgibinUserSimpleListAsync(this IWecomClient client, CgibinUserSimpleListRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>A department's members with what the app may see of them (<c>user/list</c>).</summary>
    public static Task<CgibinUserListResponse> ExecuteCgibinUserListAsync(this IWecomClient client, CgibinUserListRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>One page of all members with their departments (<c>user/list_id</c>); only with the secret of the contacts sync.</summary>
    public static Task<CgibinUserListIdResponse> ExecuteCgibinUserListIdAsync(this IWecomClient client, CgibinUserListIdRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Departments with all below (<c>department/list</c>); slow in a large corp.</summary>
    public static Task<CgibinDepartmentListResponse> ExecuteCgibinDepartmentListAsync(this IWecomClient client, CgibinDepartmentListRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Ids of departments with all below (<c>department/simplelist</c>).</summary>
    public static Task<CgibinDepartmentSimpleListResponse> ExecuteCgibinDepartmentSimpleListAsync(this IWecomClient client, CgibinDepartmentSimpleListRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>A department (<c>department/get</c>).</summary>
    public static Task<CgibinDepartmentGetResponse> ExecuteCgibinDepartmentGetAsync(this IWecomClient client, CgibinDepartmentGetRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);
}
