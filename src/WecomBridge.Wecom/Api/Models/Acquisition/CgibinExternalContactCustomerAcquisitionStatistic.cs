namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/customer_acquisition/statistic</c>: figures of an acquisition link, of at most 30 days and up to 180 days back.</summary>
public sealed class CgibinExternalContactCustomerAcquisitionStatisticRequest : WecomRequest<CgibinExternalContactCustomerAcquisitionStatisticResponse>
{
    /// <summary>The link.</summary>
    public required string LinkId { get; init; }

    /// <summary>Unix seconds; counts from that day's midnight, UTC+8.</summary>
    public required long StartTime { get; init; }

    /// <summary>Unix seconds; that day counts too.</summary>
    public required long EndTime { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.AcquisitionStatistic);
}

/// <summary>Answer of <c>externalcontact/customer_acquisition/statistic</c>.</summary>
public sealed class CgibinExternalContactCustomerAcquisitionStatisticResponse : WecomResponse
{
    /// <summary>People who opened the link.</summary>
    public long? ClickLinkCustomerCnt { get; set; }

    /// <summary>Customers who came by it.</summary>
    public long? NewCustomerCnt { get; set; }
}
