namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/groupchat/statistic_group_by_day</c>: figures of groups by day, of at most 30 days and up to 180 days back.</summary>
public sealed class CgibinExternalContactGroupChatStatisticGroupByDayRequest : WecomRequest<CgibinExternalContactGroupChatStatisticGroupByDayResponse>
{
    /// <summary>Unix seconds of the first day's midnight, UTC+8.</summary>
    public required long DayBeginTime { get; init; }

    /// <summary>Unix seconds of the last day's midnight, UTC+8; null for one day.</summary>
    public long? DayEndTime { get; init; }

    /// <summary>Whose groups, at most 100 members.</summary>
    public required OwnerFilter OwnerFilter { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GroupChatStatisticByDay);
}

/// <summary>Answer of <c>externalcontact/groupchat/statistic_group_by_day</c>.</summary>
public sealed class CgibinExternalContactGroupChatStatisticGroupByDayResponse : WecomResponse
{
    /// <summary>Figures by day.</summary>
    public IReadOnlyList<DailyGroupFigures> Items { get; set; } = [];
}

/// <summary>Figures of one day.</summary>
public sealed class DailyGroupFigures
{
    /// <summary>Unix seconds of the day's midnight, UTC+8.</summary>
    public long? StatTime { get; set; }

    /// <summary>The figures.</summary>
    public GroupFigures? Data { get; set; }
}
