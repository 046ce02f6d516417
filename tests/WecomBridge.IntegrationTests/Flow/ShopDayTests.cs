using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.State;

namespace WecomBridge.IntegrationTests.Flow;

/// <summary>A day of a small shop through the real broker: the tables at its end are those that the script expects.</summary>
[MostlyWaits]
public sealed class ShopDayTests(RabbitServer rabbit)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1.5);

    [Fact]
    public async Task The_tables_of_tags_profiles_and_groups_are_those_of_the_script()
    {
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        var bridge = await world.StartBridgeAsync(world.Settings(more: [("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()), .. Settings]));
        await using var events = await Subscriber.BindAsync(broker, Exchanges.Events, "v1.*.group.#");
        await using var rejected = await Subscriber.BindAsync(broker, Exchanges.Events, "v1.*.command.#");
        await using var profiles = await Subscriber.BindAsync(broker, Exchanges.Profiles, "v1.#");
        var day = new ShopDay(world);

        foreach (var hour in ShopDay.Hours)
        {
            foreach (var words in hour) await HappenAsync(day, bridge, profiles, words);
            await RestAsync(world, bridge, hour.Key);
        }

        (await RelationsAsync(world, bridge, profiles)).ShouldBe(ShopDay.Table("relations"));
        world.Simulator.Crm.Customers.OrderBy(customer => customer.Id, StringComparer.Ordinal).Select(customer => ShopDay.Row(customer.Id, customer.Status ?? "", customer.Owner ?? "", string.Join(", ", customer.Tags))).ShouldBe(ShopDay.Table("crm"));
        rejected.Of("command.rejected").DistinctBy(message => message.MessageId).Select(Rejection).Order(StringComparer.Ordinal).ShouldBe(ShopDay.Table("rejected"));
        (await GroupsAsync(bridge, day, events)).ShouldBe(ShopDay.Table("groups"));
        world.Simulator.Ledger.DoubleWelcomes.ShouldBeEmpty();
    }

    /// <summary>The script's first lines say them in words.</summary>
    private static IEnumerable<(string Key, string? Value)> Settings =>
    [
        ("Tags:Groups:Stage:Owner", "Stage"), ("Tags:Groups:Stage:Exclusive", "true"), ("Tags:Groups:Stage:Tags:0", "Regular"), ("Tags:Groups:Stage:Tags:1", "Premium"),
        ("Tags:Rules:2:Name", "premium"), ("Tags:Rules:2:Add:0", "Stage/Premium"),
        ("Tags:Rules:2:When:Facts:All:0:Field", "level"), ("Tags:Rules:2:When:Facts:All:0:Op", "Eq"), ("Tags:Rules:2:When:Facts:All:0:Value", "platinum"),
        ("Tags:Rules:3:Name", "regular"), ("Tags:Rules:3:Add:0", "Stage/Regular"), ("Tags:Rules:3:When:Crm", "Known"),
        ("Tags:Groups:Care:Owner", "Crm"), ("Tags:Groups:Care:Tags:0", "VIP"), ("Tags:Groups:Care:Tags:1", "Call-back"),
        ("Crm:Http:Write:Request", "PATCH customers/{id}"), ("Crm:Http:Write:Set:/owner", "{{staff.text}}"), ("Crm:Http:Write:Set:/status", "{{customer.status}}"), ("Crm:Http:Write:Set:/tags", "{{tags.list}}"),
    ];

    private static async Task HappenAsync(ShopDay day, Bridge bridge, Subscriber crm, string[] words)
    {
        if (words is ["pause", var seconds]) await Task.Delay(TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)), TestContext.Current.CancellationToken);
        if (words is ["apply", var customer, var member, var tag, var minutes]) await ApplyAsync(crm, customer, member, tag, TimeSpan.FromMinutes(int.Parse(minutes, CultureInfo.InvariantCulture)));
        foreach (var happening in day.Happen(words) ?? []) (await happening.Delivered).ShouldAllBe(outcome => outcome.Acknowledged);
        if (words is ["refresh", var person]) await RefreshAsync(bridge, ShopDay.IdOf(person));
    }

    private static Task ApplyAsync(Subscriber crm, string customer, string member, string tag, TimeSpan age)
    {
        var data = new JsonObject { ["externalUserId"] = ShopDay.IdOf(customer), [tag[0] == '+' ? "add" : "remove"] = new JsonArray(tag[1..]) };
        if (member != "-") data["userId"] = member;
        return crm.CommandAsync(World.Corp, "tags.apply", ShopDay.IdOf(customer), data.ToJsonString(), age);
    }

    private static string Rejection(Seen message) =>
        ShopDay.Row(ShopDay.NameOf(message.Headers["cloudEvents_subject"]), message.Json.GetProperty("data").GetProperty("reason").GetString()!);

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
    private static async Task RestAsync(World world, Bridge bridge, string hour)
    {
        var (seen, since) = (-1L, Stopwatch.GetTimestamp());
        await Eventually.BecomesTrueAsync(
            $"the shop at rest after {hour}",
            async () =>
            {
                var waiting = await bridge.Get<IStateDatabase>().ReadAsync(session => session.FindAsync<long>("SELECT COUNT(*) FROM work WHERE parked_at IS NULL AND lane IN ('tags', 'dictionary', 'profiles', 'groups', 'crm')"), CancellationToken.None);
                var last = (long)world.Simulator.Ledger.Entries.Count;
                if (waiting > 0 || last != seen) (seen, since) = (last, Stopwatch.GetTimestamp());
                return Stopwatch.GetElapsedTime(since) > Quiet;
            });
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
            rows.Add(ShopDay.Row($"{relation.UserId} {ShopDay.NameOf(relation.ExternalUserId)}", StatusOf(known), string.Join(", ", tags.Order(StringComparer.Ordinal)), relation.Remark, isOver ? "" : CrmIdOf(profiles, relation.UserId, relation.ExternalUserId),
                string.Join(", ", (seen?.Held ?? []).Select(held => $"{held.Group}/{held.Wanted}"))));
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
