namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/customer_acquisition_quota</c>: what is left of the quota of acquisition links.</summary>
public sealed class CgibinExternalContactCustomerAcquisitionQuotaRequest : WecomRequest<CgibinExternalContactCustomerAcquisitionQuotaResponse>
{
    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Get, WecomPaths.AcquisitionQuota);
}

/// <summary>Answer of <c>externalcontact/customer_acquisition_quota</c>.</summary>
public sealed class CgibinExternalContactCustomerAcquisitionQuotaResponse : WecomResponse
{
    /// <summary>Used so far.</summary>
    public long? Total { get; set; }

    /// <summary>Left.</summary>
    public long? Balance { get; set; }

    /// <summary>What is left, by the day it ends.</summary>
    public IReadOnlyList<AcquisitionQuotaPart> QuotaList { get; set; } = [];
}

/// <summary>Quota that ends on one day.</summary>
public sealed class AcquisitionQuotaPart
{
    /// <summary>Unix seconds of that day's midnight, UTC+8.</summary>
    public long? ExpireDate { get; set; }

    /// <summary>Left.</summary>
    public long? Balance { get; set; }
}
