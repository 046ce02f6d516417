namespace WecomBridge.Wecom.Api;

/// <content>Calls for figures.</content>
public static partial class WecomClientExtensions
{
    /// <summary>One page of the figures of groups by owner (<c>externalcontact/groupchat/statistic</c>).</summary>
    public static Task<CgibinExternalContactGroupChatStatisticResponse> ExecuteCgibinExternalContactGroupChatStatisticAsync(this IWecomClient client, CgibinExternalContactGroupChatStatisticRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Figures of groups by day (<c>externalcontact/groupchat/statistic_group_by_day</c>).</summary>
    public static Task<CgibinExternalContactGroupChatStatisticGroupByDayResponse> ExecuteCgibinExternalContactGroupChatStatisticGroupByDayAsync(this IWecomClient client, CgibinExternalContactGroupChatStatisticGroupByDayRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);

    /// <summary>Figures of members' talk with customers, by day (<c>externalcontact/get_user_behavior_data</c>).</summary>
    public static Task<CgibinExternalContactGetUserBehaviorDataResponse> ExecuteCgibinExternalContactGetUserBehaviorDataAsync(this IWecomClient client, CgibinExternalContactGetUserBehaviorDataRequest request, CancellationToken ct) => client.ExecuteAsync(request, ct);
}
