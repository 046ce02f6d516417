namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/add_msg_template</c>: asks members to send a message to customers or groups. Nothing reaches a customer before the member agrees.</summary>
public sealed class CgibinExternalContactAddMessageTemplateRequest : WecomRequest<CgibinExternalContactAddMessageTemplateResponse>
{
    /// <summary><c>single</c>, also without it: customers; <c>group</c>: groups.</summary>
    public string? ChatType { get; init; }

    /// <summary>At most 10000 customers, for <c>single</c>; the tag filter is ignored then.</summary>
    public IReadOnlyList<string>? ExternalUserid { get; init; }

    /// <summary>At most 2000 groups, for <c>group</c>.</summary>
    public IReadOnlyList<string>? ChatIdList { get; init; }

    /// <summary>Customers by tags, for <c>single</c>.</summary>
    public MassMessageTagFilter? TagFilter { get; init; }

    /// <summary>The member who sends; needed for <c>group</c>. Alone: to all their customers.</summary>
    public string? Sender { get; init; }

    /// <summary>True: the member may choose among the customers; false without it.</summary>
    public bool? AllowSelect { get; init; }

    /// <summary>At most 4000 UTF-8 bytes.</summary>
    public WelcomeText? Text { get; init; }

    /// <summary>At most 9.</summary>
    public IReadOnlyList<WelcomeAttachment>? Attachments { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.AddMessageTemplate);
}

/// <summary>Answer of <c>externalcontact/add_msg_template</c>.</summary>
public sealed class CgibinExternalContactAddMessageTemplateResponse : WecomResponse
{
    /// <summary>Customers or groups that cannot be written to.</summary>
    public IReadOnlyList<string> FailList { get; set; } = [];

    /// <summary>Id of the task; right after this call it may not be asked about yet (41063).</summary>
    public string? Msgid { get; set; }
}

/// <summary>Customers by tags: one of each group.</summary>
public sealed class MassMessageTagFilter
{
    /// <summary>All of these must hold.</summary>
    public required IReadOnlyList<MassMessageTags> GroupList { get; init; }
}

/// <summary>Tags of which one must be on the customer.</summary>
public sealed class MassMessageTags
{
    /// <summary>At most 100 ids of corp tags.</summary>
    public required IReadOnlyList<string> TagList { get; init; }
}
