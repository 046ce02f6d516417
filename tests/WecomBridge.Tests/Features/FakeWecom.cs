using System.Collections.Concurrent;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Features;

/// <summary>A platform with one customer, that records calls and fails when told.</summary>
internal sealed class FakeWecom : IWecomClient, IWecomClientFactory
{
    private int _nextTag = 1;
    private int _nextMedia = 1;

    public ConcurrentQueue<object> Calls { get; } = new();

    /// <summary>Thrown by the next calls of a path, one each; null lets a call pass.</summary>
    public Dictionary<string, Queue<Exception?>> Failures { get; } = [];

    /// <summary>Runs inside a call, before it fails or takes effect.</summary>
    public Func<string, Task>? During { get; set; }

    /// <summary>Thrown when a request has taken effect, as if its answer had been lost; null lets it pass.</summary>
    public Func<object, Exception?>? After { get; set; }

    /// <summary>Who sees the calls begin.</summary>
    public IReadOnlyList<IWecomInterceptor> Interceptors { get; set; } = [];

    public CgibinExternalContactGetResponse Contact { get; set; } = new();

    public CgibinUserGetResponse Member { get; set; } = new();

    public List<CorpTagGroup> Groups { get; } = [];

    /// <summary>What is answered about a customer group.</summary>
    public Func<string, GroupChat> ChatGroup { get; set; } = _ => throw Refusal(WecomErrorCodes.GroupDissolved, WecomPaths.GroupChatGet);

    public IReadOnlyList<T> CallsOf<T>() => [.. Calls.OfType<T>()];

    public void Fails(string api, params Exception?[] failures) => Failures[api] = new Queue<Exception?>(failures);

    public static WecomException Refusal(int code, string api = WecomPaths.SendWelcomeMessage) => new(WecomErrorCodes.FailureOf(code), api, code, $"{api} was refused with {code}.");

    public static WecomException Unanswered(string api = WecomPaths.SendWelcomeMessage) => new(WecomFailure.Transient, api, null, $"{api} was not answered.") { OutcomeUnknown = true };

    public FollowUser Follower(string userId) => Contact.FollowUser.Single(f => f.Userid == userId);

    public IWecomClient For(string corp, string app, CallLane lane) => this;

    public async Task<TResponse> ExecuteAsync<TResponse>(WecomRequest<TResponse> request, CancellationToken ct)
        where TResponse : WecomResponse, new()
    {
        await CallAsync(request.Api.Path, request);
        object answer = request switch
        {
            CgibinExternalContactGetRequest => Contact,
            CgibinUserGetRequest => Member,
            CgibinExternalContactGroupChatGetRequest asked => new CgibinExternalContactGroupChatGetResponse { GroupChat = ChatGroup(asked.ChatId) },
            CgibinExternalContactGetCorpTagListRequest => new CgibinExternalContactGetCorpTagListResponse { TagGroup = [.. Groups] },
            CgibinExternalContactAddCorpTagRequest added => Add(added),
            CgibinExternalContactMarkTagRequest marked => Mark(marked),
            CgibinExternalContactEditCorpTagRequest edited => Edit(edited),
            CgibinExternalContactRemarkRequest remarked => Remark(remarked),
            CgibinMediaUploadRequest => new CgibinMediaUploadResponse { MediaId = $"media-{_nextMedia++}" },
            CgibinMessageSendRequest => new CgibinMessageSendResponse(),
            CgibinExternalContactSendWelcomeMessageRequest => new CgibinExternalContactSendWelcomeMessageResponse(),
            _ => throw new NotSupportedException(request.Api.Path),
        };
        if (After?.Invoke(request) is { } lost) throw lost;
        return (TResponse)answer;
    }

    /// <summary>A person sets and takes away tags by hand, each <c>Group/Tag</c>.</summary>
    public void EditTags(string userId, IReadOnlyList<string> add, params IReadOnlyList<string> remove)
    {
        var follower = Follower(userId);
        var added = from g in Groups from t in g.Tag where add.Contains($"{g.GroupName}/{t.Name}") select new FollowUserTag { GroupName = g.GroupName, TagName = t.Name, TagId = t.Id, Type = 1 };
        follower.Tags = [.. follower.Tags.Where(t => !remove.Contains($"{t.GroupName}/{t.TagName}") && !add.Contains($"{t.GroupName}/{t.TagName}")), .. added];
    }

    /// <summary>A member's corp tags, each <c>Group/Tag</c>, in the order of names.</summary>
    public IReadOnlyList<string> TagsOf(string userId) => [.. Follower(userId).Tags.Where(t => t.Type == 1).Select(t => $"{t.GroupName}/{t.TagName}").Order(StringComparer.Ordinal)];

    /// <summary>Merges tags into the corp's list.</summary>
    public void AddTags(CorpTagGroup group)
    {
        if (Groups.Find(g => g.GroupName == group.GroupName) is { } present) present.Tag = [.. present.Tag, .. group.Tag];
        else Groups.Add(group);
    }

    private CgibinExternalContactRemarkResponse Remark(CgibinExternalContactRemarkRequest request)
    {
        var follower = Follower(request.Userid);
        follower.Remark = request.Remark ?? follower.Remark;
        follower.Description = request.Description ?? follower.Description;
        follower.RemarkCorpName = request.RemarkCompany ?? follower.RemarkCorpName;
        follower.RemarkMobiles = request.RemarkMobiles ?? follower.RemarkMobiles;
        return new CgibinExternalContactRemarkResponse();
    }

    private CgibinExternalContactAddCorpTagResponse Add(CgibinExternalContactAddCorpTagRequest request)
    {
        var created = new CorpTagGroup { GroupId = request.GroupId ?? $"gr{_nextTag++}", GroupName = request.GroupName ?? Groups.Single(g => g.GroupId == request.GroupId).GroupName, Tag = [.. request.Tag.Select(t => new CorpTag { Id = $"et{_nextTag++}", Name = t.Name })] };
        AddTags(created);
        return new CgibinExternalContactAddCorpTagResponse { TagGroup = created };
    }

    private CgibinExternalContactEditCorpTagResponse Edit(CgibinExternalContactEditCorpTagRequest request)
    {
        if (Groups.Find(g => g.GroupId == request.Id) is { } group) group.GroupName = request.Name;
        foreach (var tag in Groups.SelectMany(g => g.Tag).Where(t => t.Id == request.Id)) tag.Name = request.Name;
        return new CgibinExternalContactEditCorpTagResponse();
    }

    private CgibinExternalContactMarkTagResponse Mark(CgibinExternalContactMarkTagRequest request)
    {
        var follower = Follower(request.Userid);
        var added = from id in request.AddTag ?? []
                    from g in Groups
                    from t in g.Tag
                    where t.Id == id
                    select new FollowUserTag { GroupName = g.GroupName, TagName = t.Name, TagId = t.Id, Type = 1 };
        follower.Tags = [.. follower.Tags.Where(t => request.RemoveTag?.Contains(t.TagId!) != true && request.AddTag?.Contains(t.TagId!) != true), .. added];
        return new CgibinExternalContactMarkTagResponse();
    }

    private async Task CallAsync(string api, object request)
    {
        Calls.Enqueue(request);
        var notSent = Failures.TryGetValue(api, out var next) && next.TryPeek(out var first) && first is WecomNotSentException;
        foreach (var interceptor in notSent ? [] : Interceptors) interceptor.Starting(new WecomExchange("acme", "contact", api, CallLane.Welcome, 1, TimeSpan.Zero));
        if (During is not null) await During(api);
        if (Failures.TryGetValue(api, out var queue) && queue.TryDequeue(out var failure) && failure is not null) throw failure;
    }
}
