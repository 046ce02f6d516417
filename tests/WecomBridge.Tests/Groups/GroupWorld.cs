using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.Groups;
using WecomBridge.State;
using WecomBridge.Tests.Features;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Tests.Groups;

/// <summary>A group on a platform that has versions and answers old data for a while, and the events of its life, which a test brings when and how it likes.</summary>
internal sealed class GroupWorld(FeatureHost host, string chat, DateTimeOffset born)
{
    private static int s_chats;

    private readonly List<(DateTimeOffset At, GroupChat Group)> _states = [];
    private int _versions;

    public string Chat => chat;

    /// <summary>How long the platform answers what was before.</summary>
    public TimeSpan Lag { get; set; }

    /// <summary>Everything that happened, in order.</summary>
    public List<Happened> History { get; } = [];

    /// <summary>The group as it is.</summary>
    public GroupChat Now => _states[^1].Group;

    public bool IsDismissed { get; private set; }

    public string Version => $"{_versions:x32}";

    /// <summary>Every change of membership there was, as it is to be told.</summary>
    public IEnumerable<string> Memberships => History.SelectMany(happened => happened.Memberships).Order(StringComparer.Ordinal);

    /// <summary>A group that is created now; what was published before is forgotten.</summary>
    public static GroupWorld Create(FeatureHost host, params string[] customers)
    {
        var at = host.Time.GetUtcNow();
        var world = new GroupWorld(host, $"wr{Interlocked.Increment(ref s_chats)}", at);
        host.Published.Clear();
        var members = customers.Select(id => Member(id, at, 1)).Prepend(Member("boss", at, 1)).ToList();
        world._states.Add((at, new GroupChat { ChatId = world.Chat, Owner = "boss", CreateTime = at.ToUnixTimeSeconds(), MemberVersion = world.Version, MemberList = members }));
        world.History.Add(new Happened(
            "created", Guid.NewGuid(), (id, _) => host.DispatchAsync(new GroupCreated { Corp = "acme", CorpId = "ww", App = "contact", ChatId = world.Chat }, at, id), [.. members.Select(member => "+" + member.Userid)]));
        host.Wecom.ChatGroup = _ => world.Answer();
        return world;
    }

    public Happened Join(DateTimeOffset at, params string[] ids) => Change(at, joined: true, ids);

    public Happened Leave(DateTimeOffset at, params string[] ids) => Change(at, joined: false, ids);

    public Happened ChangeOwner(DateTimeOffset at, string owner)
    {
        Put(at, group => group.Owner = owner);
        return Add(new Happened("owner", Guid.NewGuid(), (id, _) => host.DispatchAsync(new GroupOwnerChanged { Corp = "acme", CorpId = "ww", App = "contact", ChatId = Chat }, at, id), []));
    }

    public Happened Rename(DateTimeOffset at, string name, string notice)
    {
        Put(at, group => (group.Name, group.Notice) = (name, notice));
        return Add(new Happened("name", Guid.NewGuid(), (id, _) => host.DispatchAsync(new GroupRenamed { Corp = "acme", CorpId = "ww", App = "contact", ChatId = Chat }, at, id), []));
    }

    public Happened Dismiss(DateTimeOffset at)
    {
        IsDismissed = true;
        string[] all = [.. Now.MemberList.Select(member => "-" + member.Userid)];
        Put(at, group => group.MemberList = []);
        return Add(new Happened("dismissed", Guid.NewGuid(), (id, _) => host.DispatchAsync(new GroupDismissed { Corp = "acme", CorpId = "ww", App = "contact", ChatId = Chat }, at, id), all));
    }

    /// <summary>Works what is due, over and over, until nothing is.</summary>
    public async Task SettleAsync()
    {
        for (var round = 0; round < 40; round++)
        {
            host.Time.Advance(TimeSpan.FromSeconds(1));
            (await host.WorkAsync(WorkLane.Groups)).ShouldAllBe(failure => failure is GroupNotSettledException);
            if (await host.State.ReadAsync(session => session.FindAsync<long>("SELECT COUNT(*) FROM work")) == 0) return;
        }

        throw new InvalidOperationException("The group does not come to rest.");
    }

    /// <summary>What was told of members, each id once: + joined, - left.</summary>
    public IReadOnlyList<string> Told() =>
    [
        .. host.Published.DistinctBy(message => message.Id).Select(message => message.Type switch
        {
            "com.wecombridge.group.member_joined.v1" => "+" + EventReader.Read<GroupMemberJoined>(message.Body.Span).Data.Member,
            "com.wecombridge.group.member_left.v1" => "-" + EventReader.Read<GroupMemberLeft>(message.Body.Span).Data.Member,
            _ => "",
        }).Where(told => told.Length > 0),
    ];

    public async Task<Group> StoredAsync() => (await host.State.ReadAsync(session => GroupStore.FindAsync(session, "acme", Chat)))!;

    /// <summary>State says what the platform says, and what was told adds up to it: each member's coming and going take turns and end where the member is.</summary>
    public async Task ShouldAgreeAsync()
    {
        var present = await ShouldAgreeOnMembersAsync();
        var net = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var told in Told()) net[told[1..]] = net.GetValueOrDefault(told[1..]) + (told[0] == '+' ? 1 : -1);
        net.Where(member => member.Value != 0).Select(member => $"{member.Key} {member.Value}").Order(StringComparer.Ordinal).ShouldBe(present.Select(id => id + " 1"));
    }

    /// <summary>State says what the platform says, and nothing waits.</summary>
    public async Task<IReadOnlyList<string>> ShouldAgreeOnMembersAsync()
    {
        var stored = await StoredAsync();
        var present = Now.MemberList.Select(member => member.Userid!).Order(StringComparer.Ordinal).ToList();
        stored.Members.Keys.Order(StringComparer.Ordinal).ShouldBe(present);
        if (!IsDismissed) (stored.MemberVersion, stored.OwnerId).ShouldBe((Now.MemberVersion, Now.Owner));
        stored.Pending.ShouldBeEmpty();
        stored.News.ShouldAllBe(news => news.ToldAt != null);
        return present;
    }

    private static GroupChatMember Member(string id, DateTimeOffset at, int scene) => new()
    {
        Userid = id, Type = id.StartsWith("wm", StringComparison.Ordinal) ? 2 : 1, JoinTime = at.ToUnixTimeSeconds(), JoinScene = scene, Invitor = scene == 1 ? new GroupChatInvitor { Userid = "boss" } : null,
    };

    private Happened Change(DateTimeOffset at, bool joined, string[] ids)
    {
        var before = Version;
        _versions++;
        Put(at, group =>
        {
            group.MemberVersion = Version;
            group.MemberList = joined ? [.. group.MemberList, .. ids.Select(id => Member(id, at, 3))] : [.. group.MemberList.Where(member => !ids.Contains(member.Userid))];
        });
        var after = Version;
        return Add(new Happened(
            $"{(joined ? "+" : "-")}{string.Join(',', ids)}",
            Guid.NewGuid(),
            (id, form) => joined
                ? host.DispatchAsync(new GroupMembersAdded { Corp = "acme", CorpId = "ww", App = "contact", ChatId = Chat, JoinScene = JoinScenes.QrCode, Count = ids.Length, Members = form.HasFlag(EventForm.NoList) ? null : ids, PreviousVersion = form.HasFlag(EventForm.NoVersions) ? null : before, Version = form.HasFlag(EventForm.NoVersions) ? null : after }, at, id)
                : host.DispatchAsync(new GroupMembersRemoved { Corp = "acme", CorpId = "ww", App = "contact", ChatId = Chat, QuitScene = QuitScenes.Left, Count = ids.Length, Members = form.HasFlag(EventForm.NoList) ? null : ids, PreviousVersion = form.HasFlag(EventForm.NoVersions) ? null : before, Version = form.HasFlag(EventForm.NoVersions) ? null : after }, at, id),
            [.. ids.Select(id => (joined ? "+" : "-") + id)]));
    }

    private Happened Add(Happened happened)
    {
        History.Add(happened);
        return happened;
    }

    private void Put(DateTimeOffset at, Action<GroupChat> change)
    {
        var next = new GroupChat { ChatId = Chat, Name = Now.Name, Notice = Now.Notice, Owner = Now.Owner, CreateTime = born.ToUnixTimeSeconds(), MemberVersion = Now.MemberVersion, MemberList = Now.MemberList };
        change(next);
        _states.Add((at, next));
    }

    private GroupChat Answer()
    {
        var shown = host.Time.GetUtcNow() - Lag;
        return IsDismissed && _states[^1].At <= shown ? throw FakeWecom.Refusal(WecomErrorCodes.GroupDissolved, WecomPaths.GroupChatGet) : _states.FindLast(state => state.At <= shown).Group ?? _states[0].Group;
    }
}

/// <summary>What an event may lack.</summary>
[Flags]
internal enum EventForm
{
    Whole = 0,
    NoList = 1,
    NoVersions = 2,
}

/// <summary>Something that happened to the group, with its event.</summary>
internal sealed record Happened(string What, Guid Id, Func<Guid, EventForm, Task> Send, IReadOnlyList<string> Memberships)
{
    public Task TellAsync(EventForm form = EventForm.Whole) => Send(Id, form);
}
