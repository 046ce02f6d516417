using WecomBridge.Broker;
using WecomBridge.Crm;
using WecomBridge.Rules;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Welcome;

/// <summary>What a greeting needs to know of the customer.</summary>
internal sealed record CustomerFacts
{
    private const int CorpTag = 1;

    /// <summary>Null when WeCom does not tell it.</summary>
    public string? Name { get; private init; }

    /// <summary>A word of <see cref="CustomerKinds"/>, or the number of a kind that has none.</summary>
    public string? Kind { get; private init; }

    /// <summary>How this member got the customer; null when WeCom does not tell yet.</summary>
    public string? AddWay { get; private init; }

    /// <summary>Corp tags that any member put on the customer, each <c>Group/Tag</c>.</summary>
    public IReadOnlyList<string> Stages { get; private init; } = [];

    /// <summary>How the CRM is asked.</summary>
    public required CrmQuery Query { get; init; }

    /// <summary>Reads an answer of <c>externalcontact/get</c>; of a customer with more than 500 followers the first 500 count.</summary>
    public static CustomerFacts Of(CgibinExternalContactGetResponse answer, SendWelcome command)
    {
        var follower = answer.FollowUser.FirstOrDefault(each => string.Equals(each.Userid, command.UserId, StringComparison.OrdinalIgnoreCase));
        var tags = answer.FollowUser.SelectMany(each => each.Tags).Where(tag => tag.Type is null or CorpTag && tag.GroupName is not null && tag.TagName is not null);
        return new CustomerFacts
        {
            Name = string.IsNullOrWhiteSpace(answer.ExternalContact?.Name) ? null : answer.ExternalContact.Name,
            Kind = CustomerKinds.Of(answer.ExternalContact?.Type),
            AddWay = WireWords.AddWay(follower?.AddWay),
            Stages = [.. tags.Select(tag => $"{tag.GroupName}/{tag.TagName}").Distinct(StringComparer.Ordinal)],
            Query = new CrmQuery
            {
                ExternalUserId = command.ExternalUserId,
                UnionId = answer.ExternalContact?.Unionid,
                Mobiles = [.. answer.FollowUser.SelectMany(each => each.RemarkMobiles).Distinct(StringComparer.Ordinal)],
                States = [.. answer.FollowUser.Select(each => each.State).Append(command.State).OfType<string>().Distinct(StringComparer.Ordinal)],
                Remarks = [.. answer.FollowUser.Select(each => each.Remark).OfType<string>().Distinct(StringComparer.Ordinal)],
                Quick = true,
            },
        };
    }

    /// <summary>Id only: the rest is personal.</summary>
    public override string ToString() => Query.ExternalUserId;
}

/// <summary>What has been found out for one greeting. Each thing is asked for once, when it is first needed; nothing is waited for past the end of the time.</summary>
internal sealed class GreetingFacts(GreetingLookUps lookUps, SendWelcome command, DateTimeOffset until, TimeProvider time, CancellationToken stopping) : IDisposable
{
    private CancellationTokenSource? _end;
    private CancellationTokenSource? _limit;
    private Task? _askingStaff;
    private Task? _askingCustomer;
    private Task? _askingCrm;
    private volatile StaffMember? _staff;
    private volatile CustomerFacts? _customer;
    private volatile CrmAnswer? _crm;

    /// <summary>Null while not known, like the two below.</summary>
    public StaffMember? Staff => _staff;

    public CustomerFacts? Customer => _customer;

    public CrmAnswer? Crm => _crm;

    /// <summary>Looks up what is needed and has not been asked for yet; returns when all of it is there or the time is over.</summary>
    /// <param name="needs">What is waited for.</param>
    /// <param name="wishes">What is asked for at the same time: it may be needed next, and a second round would cost as long again.</param>
    public async Task GatherAsync(WhenNeeds needs, WhenNeeds wishes = WhenNeeds.None)
    {
        if (needs == WhenNeeds.None) return;
        var limit = Limit();
        Ask(needs | wishes, limit);
        var asked = new[] { needs.HasFlag(WhenNeeds.Staff) ? _askingStaff : null, needs.HasFlag(WhenNeeds.Customer) ? _askingCustomer : null, needs.HasFlag(WhenNeeds.Crm) ? _askingCrm : null };
        try
        {
            await Task.WhenAll(asked.OfType<Task>()).WaitAsync(limit);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // The time is over: the greeting goes with what is there.
        }
    }

    /// <summary>A rule's subject with what is known by now.</summary>
    public WhenSubject Complete(in WhenSubject subject) => subject with
    {
        Departments = Staff?.Departments,
        Kind = Customer?.Kind,
        AddWay = Customer?.AddWay,
        Stages = Customer?.Stages,
        Crm = Crm,
    };

    public void Dispose()
    {
        _limit?.Cancel();
        _limit?.Dispose();
        _end?.Dispose();
    }

    private void Ask(WhenNeeds needs, CancellationToken limit)
    {
        if (needs.HasFlag(WhenNeeds.Staff)) _askingStaff ??= AskAsync(LookUps.Staff, async () => (_staff = await lookUps.FindStaffAsync(command, limit)) is not null, limit);

        // A member at hand costs no time; the rest takes a call.
        if (limit.IsCancellationRequested) return;
        if (needs.HasFlag(WhenNeeds.Customer) || needs.HasFlag(WhenNeeds.Crm)) _askingCustomer ??= AskAsync(LookUps.Customer, async () => (_customer = await lookUps.FindCustomerAsync(command, limit)) is not null, limit);
        if (needs.HasFlag(WhenNeeds.Crm)) _askingCrm ??= AskCrmAsync(limit);
    }

    private CancellationToken Limit()
    {
        if (_limit is not null) return _limit.Token;
        var left = until - time.GetUtcNow();
        _end = left > TimeSpan.Zero ? new CancellationTokenSource(left, time) : new CancellationTokenSource();
        if (left <= TimeSpan.Zero) _end.Cancel();
        _limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, stopping);
        return _limit.Token;
    }

    /// <summary>The CRM knows people by keys that WeCom tells.</summary>
    private async Task AskCrmAsync(CancellationToken limit)
    {
        await _askingCustomer!;
        if (Customer is { } customer) await AskAsync(LookUps.Crm, async () => (_crm = await lookUps.FindInCrmAsync(customer.Query, limit))?.Facts is not null, limit);
    }

    private Task AskAsync(string what, Func<Task<bool>> ask, CancellationToken limit) => lookUps.QuietlyAsync(command.EventId, what, ask, limit);
}
