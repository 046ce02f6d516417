namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/list</c>: ids of a member's customers, all at once.</summary>
public sealed class CgibinExternalContactListRequest : WecomRequest<CgibinExternalContactListResponse>
{
    /// <summary>The member.</summary>
    public required string Userid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Get, WecomPaths.ExternalContactList);

    /// <inheritdoc />
    public override IEnumerable<KeyValuePair<string, string?>> Query => [new("userid", Userid)];
}

/// <summary>Answer of <c>externalcontact/list</c>.</summary>
public sealed class CgibinExternalContactListResponse : WecomResponse
{
    /// <summary>Ids of the customers.</summary>
    public IReadOnlyList<string> ExternalUserid { get; set; } = [];
}
