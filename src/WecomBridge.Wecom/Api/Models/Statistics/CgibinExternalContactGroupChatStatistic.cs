using System.Globalization;

namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/groupchat/statistic</c>: figures of groups by owner, of at most 30 days and up to 180 days back.</summary>
public sealed class CgibinExternalContactGroupChatStatisticRequest : WecomPagedRequest<CgibinExternalContactGroupChatStatisticResponse>
{
    /// <summary>Unix seconds of the first day's midnight, UTC+8.</summary>
    public required long DayBeginTime { get; init; }

    /// <summary>Unix seconds of the last day's midnight, UTC+8; null for one day.</summary>
    public long? DayEndTime { get; init; }

    /// <summary>Whose groups, at most 100 members.</summary>
    public required OwnerFilter OwnerFilter { get; init; }

    /// <summary>1 new groups, 2 groups, 3 new members, 4 members; null for 1.</summary>
    public int? OrderBy { get; init; }

    /// <summary>1 ascending, 0 descending; null for 0.</summary>
    public int? OrderAsc { get; init; }

    /// <summary>Entries of a page, at most 1000; the platform takes 500 without it.</summary>
    public int? Limit { get; init; }

    /// <summary>Where the page begins; null for the first.</summary>
    public long? Offset
    {
        get => Position is null ? null : long.Parse(Position, CultureInfo.InvariantCulture);
        init => Position = value?.ToString(CultureInfo.InvariantCulture);
    }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GroupChatStatistic);

    /// <inheritdoc />
    public override string? PositionAfter(CgibinExternalContactGroupChatStatisticResponse answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.NextOffset is { } next && next < (answer.Total ?? 0) ? next.ToString(CultureInfo.InvariantCulture) : null;
    }
}

/// <summary>Answer of <c>externalcontact/groupchat/statistic</c>.</summary>
public sealed class CgibinExternalContactGroupChatStatisticResponse : WecomResponse
{
    /// <summary>Owners in all.</summary>
    public long? Total { get; set; }

    /// <summary>Where the next page begins; <see cref="Total"/> on the last.</summary>
    public long? NextOffset { get; set; }

    /// <summary>Figures by owner.</summary>
    public IReadOnlyList<OwnerGroupFigures> Items { get; set; } = [];
}

/// <summary>Figures of one owner's groups.</summary>
public sealed class OwnerGroupFigures
{
    /// <summary>The member; compare ignoring case.</summary>
    public string? Owner { get; set; }

    /// <summary>The figures.</summary>
    public GroupFigures? Data { get; set; }
}

/// <summary>Figures of groups.</summary>
public sealed class GroupFigures
{
    /// <summary>Groups created in the time.</summary>
    public long? NewChatCnt { get; set; }

    /// <summary>Groups at its end.</summary>
    public long? ChatTotal { get; set; }

    /// <summary>Groups in which something was said.</summary>
    public long? ChatHasMsg { get; set; }

    /// <summary>Members who joined.</summary>
    public long? NewMemberCnt { get; set; }

    /// <summary>Members at its end.</summary>
    public long? MemberTotal { get; set; }

    /// <summary>Members who said something.</summary>
    public long? MemberHasMsg { get; set; }

    /// <summary>Messages.</summary>
    public long? MsgTotal { get; set; }

    /// <summary>Groups taken over from trainees.</summary>
    public long? MigrateTraineeChatCnt { get; set; }
}
