namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/get_user_behavior_data</c>: figures of members' talk with customers by day, several members added up. At most 30 days, up to 180 days back (600018); yesterday's are complete some hours after midnight.</summary>
public sealed class CgibinExternalContactGetUserBehaviorDataRequest : WecomRequest<CgibinExternalContactGetUserBehaviorDataResponse>
{
    /// <summary>At most 100 members; not both lists may be empty.</summary>
    public IReadOnlyList<string>? Userid { get; init; }

    /// <summary>At most 100 departments.</summary>
    public IReadOnlyList<long>? Partyid { get; init; }

    /// <summary>Unix seconds; counts from that day's midnight, UTC+8.</summary>
    public required long StartTime { get; init; }

    /// <summary>Unix seconds; that day counts too.</summary>
    public required long EndTime { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GetUserBehaviorData);
}

/// <summary>Answer of <c>externalcontact/get_user_behavior_data</c>.</summary>
public sealed class CgibinExternalContactGetUserBehaviorDataResponse : WecomResponse
{
    /// <summary>Figures by day.</summary>
    public IReadOnlyList<BehaviorFigures> BehaviorData { get; set; } = [];
}

/// <summary>Figures of one day.</summary>
public sealed class BehaviorFigures
{
    /// <summary>Unix seconds of the day's midnight, UTC+8.</summary>
    public long? StatTime { get; set; }

    /// <summary>Chats members took part in.</summary>
    public long? ChatCnt { get; set; }

    /// <summary>Messages members sent.</summary>
    public long? MessageCnt { get; set; }

    /// <summary>Chats answered, per cent; null on a day without chats.</summary>
    public double? ReplyPercentage { get; set; }

    /// <summary>Minutes to the first answer; null on a day without chats.</summary>
    public double? AvgReplyTime { get; set; }

    /// <summary>Customers who deleted or blocked a member.</summary>
    public long? NegativeFeedbackCnt { get; set; }

    /// <summary>Requests members sent.</summary>
    public long? NewApplyCnt { get; set; }

    /// <summary>Customers added.</summary>
    public long? NewContactCnt { get; set; }
}
