using System.Collections.Immutable;
using WecomBridge.Simulator.Callbacks;

namespace WecomBridge.Simulator.Platform;

/// <summary>How a customer came.</summary>
public sealed record AddDetails
{
    /// <summary>Channel of the contact way or link; null when there was none.</summary>
    public string? State { get; init; }
    /// <summary>api.md 2.3; 1 scanned code, 16 acquisition link. Default 1.</summary>
    public int AddWay { get; init; } = 1;
    /// <summary>Whether WeCom gives welcome codes; false plays a greeting configured in the console. Default true.</summary>
    public bool WithCode { get; init; } = true;
    /// <summary>Whether greetings wait for the customer's consent to chat archiving (41053). Default false.</summary>
    public bool ConsentMissing { get; init; }
    /// <summary>Whether an app of another bridge has greeted already: the codes are given, and refused with 41051. Default false.</summary>
    public bool GreetedElsewhere { get; init; }
    /// <summary>How long ago it happened; the callback carries that time and the code is as old. Plays callbacks that WeCom delivers late. Default zero.</summary>
    public TimeSpan Ago { get; init; }
}

/// <summary>What members and customers do to each other; each act is called back as events.md 2 says.</summary>
public sealed class CustomerActions
{
    private const string Event = "change_external_contact";
    private readonly CorpState _state;
    private readonly CorpEvents _events;

    internal CustomerActions(CorpState state, CorpEvents events)
    {
        _state = state;
        _events = events;
    }

    /// <summary>Everybody outside, customers or not yet.</summary>
    public IReadOnlyList<SimulatedCustomer> All
    {
        get
        {
            lock (_state.Gate) return [.. _state.Customers.Values];
        }
    }

    /// <summary>All relations as they are, the ended ones included.</summary>
    public IReadOnlyList<SimulatedRelation> Relations
    {
        get
        {
            lock (_state.Gate) return [.. _state.Relations.All];
        }
    }

    /// <summary>Makes a person known, or changes one. No callback.</summary>
    public void Put(SimulatedCustomer customer)
    {
        lock (_state.Gate) _state.Customers[customer.ExternalUserId] = customer;
    }

    /// <summary>A relation as it is; null when there never was one.</summary>
    public SimulatedRelation? Relation(string userId, string externalUserId)
    {
        lock (_state.Gate) return _state.Relations.Find(userId, externalUserId);
    }

    /// <summary>Customer and member become contacts, or a half-added customer is confirmed. Unknown people are made known.</summary>
    public Happening Add(string userId, string externalUserId, AddDetails? details = null) =>
        Add("add_external_contact", SimulatedRelationStatus.Added, userId, externalUserId, details);

    /// <summary>The customer adds a member who accepts without verification; <see cref="Add(string, string, AddDetails?)"/> is the member's confirmation.</summary>
    public Happening HalfAdd(string userId, string externalUserId, AddDetails? details = null) =>
        Add("add_half_external_contact", SimulatedRelationStatus.HalfAdded, userId, externalUserId, details);

    /// <summary>The member changes what they know of the customer.</summary>
    /// <exception cref="InvalidOperationException">There is no such relation.</exception>
    public Happening Edit(string userId, string externalUserId, Func<SimulatedRelation, SimulatedRelation> change)
    {
        lock (_state.Gate)
        {
            _state.Relations.Put(change(Known(userId, externalUserId)));
            return Post("edit_external_contact", userId, externalUserId);
        }
    }

    /// <summary>The member sets and removes corp tags by hand.</summary>
    /// <exception cref="InvalidOperationException">There is no such relation.</exception>
    public Happening EditTags(string userId, string externalUserId, IReadOnlyCollection<string> add, IReadOnlyCollection<string> remove) =>
        Edit(userId, externalUserId, r => WithTags(r, add, remove));

    /// <summary>Another system of the company sets and removes corp tags by API. No callback.</summary>
    /// <exception cref="InvalidOperationException">There is no such relation.</exception>
    public void MarkTags(string userId, string externalUserId, IReadOnlyCollection<string> add, IReadOnlyCollection<string> remove)
    {
        lock (_state.Gate) _state.Relations.Put(WithTags(Known(userId, externalUserId), add, remove));
    }

    /// <summary>The two have begun to chat: from now on welcome codes are refused (41051). No callback.</summary>
    /// <exception cref="InvalidOperationException">There is no such relation.</exception>
    public void StartChat(string userId, string externalUserId)
    {
        lock (_state.Gate) _state.Relations.Put(Known(userId, externalUserId) with { Chatting = true });
    }

    /// <summary>The member deletes the customer.</summary>
    /// <exception cref="InvalidOperationException">There is no such relation.</exception>
    public Happening RemoveByStaff(string userId, string externalUserId, bool byTransfer = false)
    {
        lock (_state.Gate)
        {
            var relation = Known(userId, externalUserId);
            _state.Relations.Put(new SimulatedRelation
            {
                UserId = relation.UserId,
                ExternalUserId = externalUserId,
                Status = SimulatedRelationStatus.RemovedByStaff,
                CreatedAt = relation.CreatedAt,
                AddNumber = relation.AddNumber,
            });
            return Post("del_external_contact", userId, externalUserId, byTransfer ? [new CallbackField("Source", "DELETE_BY_TRANSFER")] : []);
        }
    }

    /// <summary>The customer deletes the member; the one-way relation still answers.</summary>
    /// <exception cref="InvalidOperationException">There is no such relation.</exception>
    public Happening LeaveByCustomer(string userId, string externalUserId)
    {
        lock (_state.Gate)
        {
            _state.Relations.Put(Known(userId, externalUserId) with { Status = SimulatedRelationStatus.LeftByCustomer });
            return Post("del_follow_user", userId, externalUserId);
        }
    }

    /// <summary>A customer is handed to another member: an add for the new one, then a removal with its source for the old one.</summary>
    /// <exception cref="InvalidOperationException">There is no such relation.</exception>
    public IReadOnlyList<Happening> Transfer(string fromUserId, string toUserId, string externalUserId)
    {
        lock (_state.Gate) Known(fromUserId, externalUserId);
        return [Add(toUserId, externalUserId, new AddDetails { AddWay = 202, WithCode = false }), RemoveByStaff(fromUserId, externalUserId, byTransfer: true)];
    }

    /// <summary>A transfer to the member came to nothing.</summary>
    /// <param name="userId">The member who should have got the customer.</param>
    /// <param name="externalUserId">The customer.</param>
    /// <param name="reason"><c>customer_refused</c> or <c>customer_limit_exceed</c>.</param>
    public Happening FailTransfer(string userId, string externalUserId, string reason)
    {
        lock (_state.Gate)
        {
            _state.Transfers.Failed[(_state.StaffMember(userId).UserId, externalUserId)] = reason;
            return Post("transfer_fail", userId, externalUserId, [new CallbackField("FailReason", reason)]);
        }
    }

    /// <summary>The customer agrees to chat archiving; a greeting that waited for it gets its codes.</summary>
    /// <exception cref="InvalidOperationException">There is no such relation.</exception>
    public Happening AgreeToArchive(string userId, string externalUserId)
    {
        lock (_state.Gate)
        {
            var relation = Known(userId, externalUserId);
            var codes = _state.WelcomeCodes.OfAdd(relation.AddNumber) is { ConsentMissing: true, Greeted: false }
                ? _state.WelcomeCodes.Issue(new WelcomeOccasion(relation.AddNumber, relation, _state.Now), _state.Apps, _state.Ids)
                : null;
            return Post("msg_audit_approved", userId, externalUserId, codes: codes);
        }
    }

    private Happening Add(string change, SimulatedRelationStatus status, string userId, string externalUserId, AddDetails? details)
    {
        details ??= new AddDetails();
        lock (_state.Gate)
        {
            var staff = _state.StaffMember(userId);
            _state.Customer(externalUserId);
            var before = _state.Relations.Find(userId, externalUserId);
            var confirms = before?.Status == SimulatedRelationStatus.HalfAdded && status == SimulatedRelationStatus.Added;
            // A member who still had the customer keeps remark and tags; deleting the customer has wiped them.
            var relation = (before ?? new SimulatedRelation { UserId = staff.UserId, ExternalUserId = externalUserId }) with
            {
                Status = status,
                Chatting = false,
                State = details.State ?? (confirms ? before!.State : ""),
                AddWay = details.AddWay,
                OperUserId = details.AddWay is 201 or 202 ? staff.UserId : externalUserId,
                CreatedAt = _state.Now - details.Ago,
                AddNumber = confirms ? before!.AddNumber : _state.Ids.Next(),
            };
            _state.Relations.Put(relation);
            var fields = relation.State.Length > 0 ? new[] { new CallbackField("State", relation.State) } : [];
            return Post(change, staff.UserId, externalUserId, fields, CodesOf(relation, details), relation.CreatedAt);
        }
    }

    /// <summary>Codes of a new occasion; none when the half of the same add was greeted already.</summary>
    private Dictionary<string, string>? CodesOf(SimulatedRelation relation, AddDetails details)
    {
        var half = _state.WelcomeCodes.OfAdd(relation.AddNumber);
        if (!details.WithCode || half is { Greeted: true }) return null;
        var occasion = half is not null && _state.Options.HalfAddSharesGreeting
            ? half
            : new WelcomeOccasion(relation.AddNumber, relation, relation.CreatedAt) { ConsentMissing = details.ConsentMissing, Greeted = details.GreetedElsewhere };
        return _state.WelcomeCodes.Issue(occasion, _state.Apps, _state.Ids);
    }

    private static SimulatedRelation WithTags(SimulatedRelation relation, IReadOnlyCollection<string> add, IReadOnlyCollection<string> remove) =>
        relation with { TagIds = relation.TagIds.RemoveAll(tag => remove.Contains(tag) || add.Contains(tag)).AddRange(add) };

    private SimulatedRelation Known(string userId, string externalUserId) =>
        _state.Relations.Find(userId, externalUserId) ?? throw new InvalidOperationException($"{userId} and {externalUserId} have no relation.");

    private Happening Post(string change, string userId, string externalUserId, IReadOnlyList<CallbackField>? fields = null, IReadOnlyDictionary<string, string>? codes = null, DateTimeOffset? at = null) =>
        _events.Post(Event, change, externalUserId, [new CallbackField("UserID", userId), new CallbackField("ExternalUserID", externalUserId), .. fields ?? []], codes, at);
}
