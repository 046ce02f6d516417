namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/customer_acquisition_app/get_permit</c>: whom this app may use in acquisition links.</summary>
public sealed class CgibinExternalContactCustomerAcquisitionAppGetPermitRequest : WecomRequest<CgibinExternalContactCustomerAcquisitionAppGetPermitResponse>
{
    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Get, WecomPaths.AcquisitionAppGetPermit);
}

/// <summary>Answer of <c>externalcontact/customer_acquisition_app/get_permit</c>.</summary>
public sealed class CgibinExternalContactCustomerAcquisitionAppGetPermitResponse : WecomResponse
{
    /// <summary>Members; compare ignoring case.</summary>
    public IReadOnlyList<string> UserList { get; set; } = [];

    /// <summary>Departments.</summary>
    public IReadOnlyList<long> DepartmentList { get; set; } = [];

    /// <summary>Staff tags.</summary>
    public IReadOnlyList<long> TagList { get; set; } = [];
}
