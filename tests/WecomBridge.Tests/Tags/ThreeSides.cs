using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.Crm;
using WecomBridge.State;
using WecomBridge.Tags;
using WecomBridge.Tests.Features;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Tests.Tags;

/// <summary>One step of a story; what the numbers mean is for <see cref="ThreeSides"/> to say.</summary>
internal sealed record Edit(int Kind, int Who, int What, int When);

/// <summary>A customer of two members, tagged by staff, by CRM commands and by rules over CRM facts, while events are late and the service dies.</summary>
internal sealed class ThreeSides : IAsyncDisposable
{
    private static readonly string[] Members = ["zhang", "li"];
    private static readonly string[] Levels = ["", "silver", "gold"];

    private static readonly (string, string?)[] Settings =
    [
        ("Tags:Groups:Channel:Tags:0", "Store"), ("Tags:Groups:Channel:Tags:1", "Expo"),
        ("Tags:Groups:Level:Owner", "Stage"), ("Tags:Groups:Level:Exclusive", "true"), ("Tags:Groups:Level:Tags:0", "Gold"), ("Tags:Groups:Level:Tags:1", "Silver"),
        ("Tags:Groups:Care:Owner", "Crm"), ("Tags:Groups:Care:Tags:0", "VIP"), ("Tags:Groups:Care:Tags:1", "Sleeping"),
        ("Tags:Groups:Mood:Owner", "Manual"), ("Tags:Groups:Mood:Tags:0", "Good"),
        ("Tags:Rules:0:Name", "store"), ("Tags:Rules:0:When:State:0", "store-*"), ("Tags:Rules:0:Add:0", "Channel/Store"),
        ("Tags:Rules:1:Name", "gold"), ("Tags:Rules:1:When:Facts:All:0:Field", "level"), ("Tags:Rules:1:When:Facts:All:0:Op", "Eq"), ("Tags:Rules:1:When:Facts:All:0:Value", "gold"), ("Tags:Rules:1:Add:0", "Level/Gold"),
        ("Tags:Rules:2:Name", "silver"), ("Tags:Rules:2:When:Facts:All:0:Field", "level"), ("Tags:Rules:2:When:Facts:All:0:Op", "Eq"), ("Tags:Rules:2:When:Facts:All:0:Value", "silver"), ("Tags:Rules:2:Add:0", "Level/Silver"),
        ("Tags:Rules:2:Add:1", "Channel/Expo"),
        ("Crm:Provider", "Http"), ("Crm:Http:BaseUrl", "https://crm.example/"), ("Crm:Http:FindByUnionId", "c?u={unionId}"), ("Crm:Http:Fields:id", "/id"), ("Crm:Http:Fields:level", "/level"),
    ];

    private static readonly string[] All = ["Channel/Expo", "Channel/Store", "Level/Gold", "Level/Silver", "Care/VIP", "Care/Sleeping", "Mood/Good"];

    private readonly FeatureHost _host;
    private readonly Dictionary<string, HashSet<string>> _personal = Members.ToDictionary(member => member, _ => new HashSet<string>(StringComparer.Ordinal));
    private readonly List<(DateTimeOffset At, Func<Task> Deliver)> _underway = [];
    private readonly Queue<Edit> _amidst = new();
    private readonly List<string> _faults = [];
    private readonly Dictionary<(string Member, string Tag), bool> _wished = [];
    private string _level = "";
    private Death _dies;
    private int _edits;
    private int _writes;

    private ThreeSides(FeatureHost host) => _host = host;

    /// <summary>Where the service dies next.</summary>
    private enum Death
    {
        None,
        BeforeCall,
        AfterCall,
        AtPublish,
    }

    /// <summary>What was wrong; what was written, and for how many edits.</summary>
    public static async Task<(IReadOnlyList<string> Faults, int Writes, int Edits)> PlayAsync(IReadOnlyList<Edit> steps)
    {
        await using var story = new ThreeSides(await FeatureHost.StartAsync(bus => bus.AddTags(), Settings));
        await story.BeginAsync();
        foreach (var step in steps) await story.StepAsync(step);
        await story.EndAsync();
        await story.CompareAsync();
        return (story._faults, story._writes, story._edits);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task BeginAsync()
    {
        _host.Wecom.Contact = new CgibinExternalContactGetResponse { ExternalContact = new ExternalContact { ExternalUserid = "wm1", Unionid = "u1" }, FollowUser = [.. Members.Select(member => new FollowUser { Userid = member, State = "store-7" })] };
        _host.Crm = _ => _level.Length == 0 ? null : new CrmMatch { Id = "c1", Fields = new Dictionary<string, string> { ["id"] = "c1", ["level"] = _level }, MatchedBy = CrmKey.UnionId, Confidence = CrmConfidence.Certain, Source = "http", Age = TimeSpan.Zero };
        await _host.Get<TagDictionary>().SyncAsync("acme", "contact", default);
        foreach (var member in Members)
        {
            await _host.AddedAsync(member);
            _edits++;
        }

        _host.Wecom.During = AmidstAsync;
        _host.Wecom.After = request =>
        {
            if (request is not CgibinExternalContactMarkTagRequest marked) return null;
            _writes++;
            var stolen = (marked.RemoveTag ?? []).Select(NameOf).Where(_personal[marked.Userid].Contains).ToList();
            foreach (var name in stolen) _faults.Add($"{name} of {marked.Userid}, which a person had set, was removed");
            if (_dies != Death.AfterCall) return null;
            _dies = Death.None;
            return Killed();
        };
    }

    private async Task StepAsync(Edit step)
    {
        switch (step.Kind)
        {
            case < 25:
                await EditAsync(step);
                break;
            case < 30:
                _amidst.Enqueue(step);
                break;
            case < 40:
                if (_level != Levels[step.What % Levels.Length]) _edits += Members.Length;
                _level = Levels[step.What % Levels.Length];
                Later(step.When, () => _host.State.WriteAsync(session => WorkStore.MarkAsync(session, new WorkKey(WorkLane.Tags, "acme", "wm1"), "contact", _host.Time.GetUtcNow(), Guid.NewGuid(), _host.Time.GetUtcNow())));
                break;
            case < 50:
                Command(step);
                break;
            case < 60:
                _dies = (Death)(1 + (step.What % 3));
                break;
            case < 75:
                await PassAsync(TimeSpan.FromMilliseconds(step.When * (step.What == 0 ? 10 : 1)));
                break;
            default:
                await WorkAsync();
                break;
        }
    }

    /// <summary>A member sets or takes away one tag. The event comes within seconds, perhaps twice.</summary>
    private async Task EditAsync(Edit step)
    {
        var (member, name) = (Members[step.Who], All[step.What % All.Length]);
        if (_host.Wecom.TagsOf(member).Contains(name))
        {
            _host.Wecom.EditTags(member, [], name);
            _personal[member].Remove(name);
        }
        else
        {
            // One of the machine's that was taken away and is set again before anybody looked: no event says that it is another's now.
            if (await IsTheMachinesAsync(member, name)) return;
            _host.Wecom.EditTags(member, [name]);
            _personal[member].Add(name);
        }

        _edits++;
        var second = DateTimeOffset.FromUnixTimeSeconds(_host.Time.GetUtcNow().ToUnixTimeSeconds());

        // Two edits of one relation within a second are one id.
        var id = new Guid((int)second.ToUnixTimeSeconds(), (short)step.Who, 0, new byte[8]);
        Task Deliver() => _host.DispatchAsync(new CustomerEdited { Corp = "acme", CorpId = "ww", App = "contact", UserId = member, ExternalUserId = "wm1" }, second, id);
        Later(step.When % 15_000, Deliver);
        if (step.When % 3 == 0) Later((step.When / 3) + 5000, Deliver);
    }

    private async Task<bool> IsTheMachinesAsync(string member, string name)
    {
        var ledger = await _host.State.ReadAsync(session => TagLedger.OfCustomerAsync(session, "acme", "wm1"));
        return ledger[member].Any(entry => entry.Status == TagLedgerStatus.Ours && NameOf(entry.TagId) == name);
    }

    /// <summary>The CRM wants a tag, or no longer; commands come late and out of order.</summary>
    private void Command(Edit step)
    {
        var tag = All.Where(name => name.StartsWith("Care/", StringComparison.Ordinal)).ElementAt(step.What % 2);
        var (at, id, member) = (_host.Time.GetUtcNow(), Guid.NewGuid(), step.When % 3 == 0 ? Members[step.Who] : null);
        var isWanted = step.What % 4 < 2;
        foreach (var each in member is null ? Members : [member])
        {
            if (_wished.GetValueOrDefault((each, tag)) != isWanted) _edits++;
            _wished[(each, tag)] = isWanted;
        }

        var command = new ApplyTags { Corp = "acme", ExternalUserId = "wm1", UserId = member, Add = isWanted ? [tag] : [], Remove = isWanted ? [] : [tag] };
        Later(step.When, () => _host.DispatchAsync(command, at, id));
        if (step.When % 5 == 0) Later(step.When / 2, () => _host.DispatchAsync(command, at, id));
    }

    private void Later(int milliseconds, Func<Task> deliver) => _underway.Add((_host.Time.GetUtcNow().AddMilliseconds(milliseconds), deliver));

    private async Task PassAsync(TimeSpan span)
    {
        var until = _host.Time.GetUtcNow() + span;
        while (_underway.Count > 0 && _underway.MinBy(message => message.At) is var next && next.At <= until)
        {
            _underway.Remove(next);
            if (next.At > _host.Time.GetUtcNow()) _host.Time.Advance(next.At - _host.Time.GetUtcNow());
            await next.Deliver();
            if (next.At.Millisecond % 2 == 0) await WorkAsync();
        }

        _host.Time.Advance(until - _host.Time.GetUtcNow());
    }

    /// <summary>Between the bridge's read and its write, inside the write, and at each other call, a member may be at work.</summary>
    private async Task AmidstAsync(string api)
    {
        if (_amidst.TryDequeue(out var step)) await EditAsync(step);
        _host.Time.Advance(TimeSpan.FromMilliseconds(50));
        if (api != WecomPaths.MarkTag || _dies != Death.BeforeCall) return;
        _dies = Death.None;
        throw Killed();
    }

    private static InvalidOperationException Killed() => new("killed");

    private async Task WorkAsync()
    {
        _host.Refuses = _dies == Death.AtPublish;
        var failures = await _host.WorkAsync(WorkLane.Tags);
        foreach (var failure in failures.Where(failure => failure is not (InvalidOperationException or NotDurableException))) _faults.Add($"{failure.GetType().Name}: {failure.Message}");
        if (failures.Count > 0 && _dies == Death.AtPublish) _dies = Death.None;
    }

    /// <summary>Everybody stops; what is under way arrives, and what is due is done.</summary>
    private async Task EndAsync()
    {
        _dies = Death.None;
        _amidst.Clear();
        for (var n = 0; n < 12; n++)
        {
            await PassAsync(TimeSpan.FromSeconds(20));
            await WorkAsync();
        }

        (await _host.State.ReadAsync(session => session.FindAsync<long>("SELECT COUNT(*) FROM work"))).ShouldBe(0);
    }

    private async Task CompareAsync()
    {
        var seen = await _host.State.ReadAsync(session => RelationTagStore.OfCustomerAsync(session, "acme", "wm1"));
        var ledger = await _host.State.ReadAsync(session => TagLedger.OfCustomerAsync(session, "acme", "wm1"));
        var wishes = await _host.State.ReadAsync(session => TagWishes.OfCustomerAsync(session, "acme", "wm1"));
        foreach (var member in Members)
        {
            var standing = _host.Wecom.TagsOf(member);
            Same(member, "State", standing, seen.Where(tags => tags.Key.UserId == member).SelectMany(tags => tags.Tags).Select(tag => $"{tag.Group}/{tag.Tag}"));
            Same(member, "events", standing, Told(member));
            foreach (var lost in _personal[member].Except(standing)) _faults.Add($"{lost} of {member}, which a person had set, is gone");

            var statuses = ledger[member].ToDictionary(entry => NameOf(entry.TagId), entry => entry.Status);
            var wanted = Wanted(TagWishes.ForMember(wishes, member));
            foreach (var missing in wanted.Except(standing).Where(name => statuses.GetValueOrDefault(name) != TagLedgerStatus.Taken && !IsHeld(member, name, standing, statuses)))
                _faults.Add($"{missing} of {member} is wanted and not there");
            foreach (var stale in standing.Where(name => statuses.TryGetValue(name, out var status) && status == TagLedgerStatus.Ours).Except(wanted)) _faults.Add($"{stale} of {member} is ours, there and not wanted");
            if (statuses.Values.Any(status => status is TagLedgerStatus.Adding or TagLedgerStatus.Removing)) _faults.Add($"{member} has intents left");
        }
    }

    private IReadOnlyList<string> Wanted(IReadOnlyList<TagWish> wishes) =>
        ["Channel/Store", .. _level switch { "gold" => ["Level/Gold"], "silver" => new[] { "Level/Silver", "Channel/Expo" }, _ => [] }, .. wishes.Where(wish => wish.IsWanted).Select(wish => $"{wish.Group}/{wish.Tag}")];

    private static bool IsHeld(string member, string name, IReadOnlyList<string> standing, Dictionary<string, TagLedgerStatus> statuses) =>
        name.StartsWith("Level/", StringComparison.Ordinal) && standing.Any(other => other.StartsWith("Level/", StringComparison.Ordinal) && statuses.GetValueOrDefault(other, TagLedgerStatus.Personal) != TagLedgerStatus.Ours);

    /// <summary>What a subscriber that takes each event once believes.</summary>
    private HashSet<string> Told(string member)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var news in _host.Published.Where(message => message.Exchange == Exchanges.Profiles).DistinctBy(message => message.Id).Select(message => EventReader.Read<ProfileTagsChanged>(message.Body.Span).Data).Where(news => news.UserId == member))
        {
            told.ExceptWith(news.Removed.Select(tag => $"{tag.Group}/{tag.Tag}"));
            told.UnionWith(news.Added.Select(tag => $"{tag.Group}/{tag.Tag}"));
        }

        return told;
    }

    private void Same(string member, string who, IEnumerable<string> truth, IEnumerable<string> believed)
    {
        var (expected, found) = (string.Join(' ', truth.Order(StringComparer.Ordinal)), string.Join(' ', believed.Order(StringComparer.Ordinal)));
        if (expected != found) _faults.Add($"of {member} WeCom has [{expected}] and {who} [{found}]");
    }

    private string NameOf(string id) => _host.Wecom.Groups.SelectMany(group => group.Tag.Where(tag => tag.Id == id).Select(tag => $"{group.GroupName}/{tag.Name}")).Single();
}
