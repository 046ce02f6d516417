using System.Diagnostics;
using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.State;

namespace WecomBridge.IntegrationTests.Flow;

/// <summary>A day of a small shop through the real broker: the tables at its end are those that the script expects.</summary>
public sealed class ShopDayTests(RabbitServer rabbit)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1.5);

    [Fact]
    public async Task The_tables_of_tags_profiles_and_groups_are_those_of_the_script()
    {
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        var bridge = await world.StartBridgeAsync(world.Settings(more: [("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString())]));
        await using var events = await Subscriber.BindAsync(broker, Exchanges.Events, "v1.*.group.#");
        await using var profiles = await Subscriber.BindAsync(broker, Exchanges.Profiles, "v1.#");
        var day = new ShopDay(world);

        foreach (var hour in ShopDay.Hours)
        {
            foreach (var words in hour) await HappenAsync(day, bridge, words);
            await RestAsync(world, bridge);
        }

        (await RelationsAsync(world, bridge, profiles)).ShouldBe(ShopDay.Table("relations"));
        (await GroupsAsync(bridge, day, events)).ShouldBe(ShopDay.Table("groups"));
        world.Simulator.Ledger.DoubleWelcomes.ShouldBeEmpty();
    }

    private static async Task HappenAsync(ShopDay day, Bridge bridge, string[] words)
    {
        foreach (var happening in day.Happen(words) ?? []) (await happening.Delivered).ShouldAllBe(outcome => outcome.Acknowledged);
        if (words is ["refresh", var person]) await RefreshAsync(bridge, ShopDay.IdOf(person));
    }

    private static async Task RefreshAsync(Bridge bridge, string externalUserId)
    {
        var (type, now) = (EventTypes.Of<RefreshProfile>(), DateTimeOffset.UtcNow);
        var command = new CloudEvent<RefreshProfile>
        {
            Id = Guid.NewGuid(), Source = "/crm", Type = type.CloudEventType, Subject = externalUserId, PartitionKey = externalUserId, Time = now, Received = now,
            Data = new RefreshProfile { Corp = World.Corp, ExternalUserId = externalUserId },
        };
        await bridge.Get<IOutbox>().StoreAsync([EventWriter.Write(command, Exchanges.Commands)], CancellationToken.None);
    }

    /// <summary>Nothing is due any more, and nothing has been called for a while.</summary>
    private static async Task RestAsync(World world, Bridge bridge)
    {
        var (seen, since) = (-1L, Stopwatch.GetTimestamp());
        await Eventually.BecomesTrueAsync(
            "the shop at rest",
            async () =>
            {
                var waiting = await bridge.Get<IStateDatabase>().ReadAsync(session => session.FindAsync<long>("SELECT COUNT(*) FROM work WHERE parked_at IS NULL AND lane IN ('tags', 'profiles', 'groups')"), CancellationToken.None);
                var last = (long)world.Simulator.Ledger.Entries.Count;
                if (waiting > 0 || last != seen) (seen, since) = (last, Stopwatch.GetTimestamp());
                return Stopwatch.GetElapsedTime(since) > Quiet;
            },
            seconds: 60);
    }

    private static async Task<IReadOnlyList<string>> RelationsAsync(World world, Bridge bridge, Subscriber profiles)
    {
        var rows = new List<string>();
        foreach (var relation in world.WecomCorp.Customers.Relations.OrderBy(relation => relation.UserId, StringComparer.Ordinal).ThenBy(relation => relation.ExternalUserId, StringComparer.Ordinal))
        {
            var key = new RelationKey(World.Corp, relation.UserId, relation.ExternalUserId);
            var (known, seen) = await bridge.Get<IStateDatabase>().ReadAsync(
                async session => (await RelationStore.FindAsync(session, key), (await RelationTagStore.OfCustomerAsync(session, World.Corp, relation.ExternalUserId)).FirstOrDefault(tags => tags.Key == key)), CancellationToken.None);
            var tags = from tagGroup in world.WecomCorp.Tags.Groups
                       from tag in tagGroup.Tags
                       where relation.TagIds.Contains(tag.Id)
                       let owner = seen?.Tags.FirstOrDefault(standing => standing.Id == tag.Id)?.Owner ?? "not seen"
                       select $"{tagGroup.Name}/{tag.Name} {owner}";
            var isOver = known!.Status == RelationStatus.RemovedByStaff;
            rows.Add(ShopDay.Row($"{relation.UserId} {ShopDay.NameOf(relation.ExternalUserId)}", StatusOf(known), string.Join(", ", tags.Order(StringComparer.Ordinal)), relation.Remark, isOver ? "" : CrmIdOf(profiles, relation.UserId, relation.ExternalUserId)));
        }

        return rows;
    }

    private static string StatusOf(Relation relation) => relation.Status switch
    {
        RelationStatus.HalfAdded => "half",
        RelationStatus.Added => "added",
        RelationStatus.LeftByCustomer => "left",
        _ => "removed",
    };

    /// <summary>As the last profile said.</summary>
    private static string CrmIdOf(Subscriber profiles, string userId, string externalUserId)
    {
        var data = profiles.Of("profile.updated").Select(message => message.Json.GetProperty("data"))
            .Last(profile => profile.GetProperty("userId").GetString() == userId && profile.GetProperty("externalUserId").GetString() == externalUserId);
        return data.GetProperty("identity").TryGetProperty("crmId", out var id) ? id.GetString() ?? "" : "";
    }

    private static async Task<IReadOnlyList<string>> GroupsAsync(Bridge bridge, ShopDay day, Subscriber events)
    {
        var told = events.Messages.DistinctBy(message => message.MessageId).ToList();
        var rows = new List<string>();
        foreach (var (name, chatId) in day.Chats.OrderBy(chat => chat.Key, StringComparer.Ordinal))
        {
            var group = await bridge.Get<IStateDatabase>().ReadAsync(session => GroupStore.FindAsync(session, World.Corp, chatId), CancellationToken.None);
            rows.Add(ShopDay.Row(name, Names(group!.Members.Keys), Names(Members(chatId, "joined")), Names(Members(chatId, "left"))));
        }

        return rows;

        IEnumerable<string> Members(string chatId, string what) =>
            told.Where(message => message.Type == $"com.wecombridge.group.member_{what}.v1" && message.Headers["cloudEvents_subject"] == chatId).Select(message => message.Json.GetProperty("data").GetProperty("member").GetString()!);

        static string Names(IEnumerable<string> ids) => string.Join(' ', ids.Select(ShopDay.NameOf).Order(StringComparer.Ordinal));
    }
}
