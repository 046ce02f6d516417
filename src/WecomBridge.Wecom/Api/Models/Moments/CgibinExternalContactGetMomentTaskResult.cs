namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/get_moment_task_result</c>: what became of a task to publish a moment.</summary>
public sealed class CgibinExternalContactGetMomentTaskResultRequest : WecomRequest<CgibinExternalContactGetMomentTaskResultResponse>
{
    /// <summary>The task of <c>add_moment_task</c>, at most 24 hours old.</summary>
    public required string Jobid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Get, WecomPaths.GetMomentTaskResult);

    /// <inheritdoc />
    public override IEnumerable<KeyValuePair<string, string?>> Query => [new("jobid", Jobid)];
}

/// <summary>Answer of <c>externalcontact/get_moment_task_result</c>.</summary>
public sealed class CgibinExternalContactGetMomentTaskResultResponse : WecomResponse
{
    /// <summary>1 begun, 2 running, 3 done.</summary>
    public int? Status { get; set; }

    /// <summary><c>add_moment_task</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The outcome, once done.</summary>
    public MomentTaskResult? Result { get; set; }
}

/// <summary>The outcome of a task to publish a moment.</summary>
public sealed class MomentTaskResult
{
    /// <summary>0 for success.</summary>
    public int? Errcode { get; set; }

    /// <summary>The platform's text.</summary>
    public string? Errmsg { get; set; }

    /// <summary>Id of the moment.</summary>
    public string? MomentId { get; set; }

    /// <summary>Members and departments who cannot publish.</summary>
    public AnswerMomentSenders? InvalidSenderList { get; set; }

    /// <summary>Tags that do not count.</summary>
    public AnswerMomentCustomers? InvalidExternalContactList { get; set; }
}

/// <summary>Members and departments who cannot publish.</summary>
public sealed class AnswerMomentSenders
{
    /// <summary>Members; compare ignoring case.</summary>
    public IReadOnlyList<string> UserList { get; set; } = [];

    /// <summary>Departments.</summary>
    public IReadOnlyList<long> DepartmentList { get; set; } = [];
}

/// <summary>Tags that do not count.</summary>
public sealed class AnswerMomentCustomers
{
    /// <summary>Ids of tags.</summary>
    public IReadOnlyList<string> TagList { get; set; } = [];
}
