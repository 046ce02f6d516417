using WecomBridge.Contracts;
using WecomBridge.State;
using WecomBridge.Tags;
using WecomBridge.Tests.Features;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Tests.Tags;

public class TagShuffleTests
{
    private static readonly (string, string?)[] Settings =
    [
        ("Tags:Groups:Channel:Tags:0", "Store"), ("Tags:Groups:Channel:Tags:1", "Expo"),
        ("Tags:Groups:Care:Owner", "Crm"), ("Tags:Groups:Care:Tags:0", "VIP"),
        ("Tags:Rules:0:Name", "store"), ("Tags:Rules:0:When:State:0", "store-*"), ("Tags:Rules:0:Add:0", "Channel/Store"),
        ("Tags:Rules:1:Name", "expo"), ("Tags:Rules:1:When:State:0", "expo-*"), ("Tags:Rules:1:Add:0", "Channel/Expo"),
    ];

    [Theory]
    [InlineData("added store-1|edited|command|left", "[Care/VIP Channel/Store] seen [Care/VIP Channel/Store] ledger [Care Ours Channel Ours]")]
    [InlineData("added store-1|removed|added expo-2|edited", "[Channel/Expo] seen [Channel/Expo] ledger [Channel Ours]")]
    [InlineData("half store-1|added|left|added expo-2", "[Channel/Expo] seen [Channel/Expo] ledger [Channel Ours]")]
    [InlineData("added store-1|command|edited|removed", "[] seen [] ledger []")]
    public async Task Whatever_order_a_customers_events_come_in_the_end_is_the_same(string history, string expected)
    {
        var events = history.Split('|').Select((text, at) => (Text: text, At: FeatureHost.Now.AddMinutes(-10 + at), Id: Guid.NewGuid())).ToArray();
        var ends = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var order in Orders(events))
        {
            // One comes twice.
            var end = await PlayAsync([.. order, order[0]], events[^1].Text == "removed", StateOf(events.Select(each => each.Text)));
            ends.TryAdd(end, string.Join(", ", order.Select(each => each.Text)));
        }

        ends.Count.ShouldBe(1, string.Join("\n", ends.Select(end => $"{end.Value}: {end.Key}")));
        ends.Keys.Single().ShouldBe(expected);
    }

    private static async Task<string> PlayAsync(IReadOnlyList<(string Text, DateTimeOffset At, Guid Id)> events, bool isGone, string? state)
    {
        await using var host = await FeatureHost.StartAsync(bus => bus.AddTags(), Settings);
        host.Wecom.Contact = new CgibinExternalContactGetResponse { FollowUser = isGone ? [] : [new FollowUser { Userid = "zhang", State = state }] };
        foreach (var (text, at, id) in events)
        {
            await DispatchAsync(host, text, at, id);
            (await host.WorkAsync(WorkLane.Tags)).ShouldBeEmpty();
        }

        var seen = await host.State.ReadAsync(session => RelationTagStore.OfCustomerAsync(session, "acme", "wm1"));
        var ledger = await host.State.ReadAsync(session => TagLedger.OfCustomerAsync(session, "acme", "wm1"));
        var standing = isGone ? [] : host.Wecom.TagsOf("zhang");
        return $"[{string.Join(' ', standing)}] seen [{string.Join(' ', seen.SelectMany(tags => tags.Tags).Select(tag => $"{tag.Group}/{tag.Tag}").Order(StringComparer.Ordinal))}] ledger [{string.Join(' ', ledger["zhang"].Select(entry => $"{entry.Group} {entry.Status}").Order(StringComparer.Ordinal))}]";
    }

    private static Task DispatchAsync(FeatureHost host, string text, DateTimeOffset at, Guid id) => text.Split(' ') switch
    {
        ["added", .. var state] => host.DispatchAsync(new CustomerAdded { Corp = "acme", CorpId = "ww", App = "contact", UserId = "zhang", ExternalUserId = "wm1", State = state.FirstOrDefault() }, at, id),
        ["half", var state] => host.DispatchAsync(new CustomerHalfAdded { Corp = "acme", CorpId = "ww", App = "contact", UserId = "zhang", ExternalUserId = "wm1", State = state }, at, id),
        ["edited"] => host.DispatchAsync(new CustomerEdited { Corp = "acme", CorpId = "ww", App = "contact", UserId = "zhang", ExternalUserId = "wm1" }, at, id),
        ["left"] => host.DispatchAsync(new CustomerLeft { Corp = "acme", CorpId = "ww", App = "contact", UserId = "zhang", ExternalUserId = "wm1" }, at, id),
        ["removed"] => host.DispatchAsync(new CustomerRemoved { Corp = "acme", CorpId = "ww", App = "contact", UserId = "zhang", ExternalUserId = "wm1" }, at, id),
        _ => host.DispatchAsync(new ApplyTags { Corp = "acme", ExternalUserId = "wm1", Add = ["Care/VIP"] }, at, id),
    };

    private static string? StateOf(IEnumerable<string> events) => events.Where(text => text.Contains(" expo", StringComparison.Ordinal) || text.Contains(" store", StringComparison.Ordinal)).Select(text => text.Split(' ')[1]).LastOrDefault();

    private static IEnumerable<T[]> Orders<T>(T[] items) =>
        items.Length <= 1 ? [items] : items.SelectMany((item, at) => Orders([.. items.Where((_, other) => other != at)]).Select(rest => (T[])[item, .. rest]));
}
