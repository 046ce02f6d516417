using FsCheck;
using FsCheck.Fluent;
using WecomBridge.State;

namespace WecomBridge.Tests.State;

public class RelationStoreTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Theory]
    [InlineData("HalfAdded@1", "HalfAdded")]
    [InlineData("HalfAdded@1 Added@2", "Added")]
    [InlineData("HalfAdded@1 Added@1", "Added")]
    [InlineData("Added@1 Left@2", "LeftByCustomer")]
    [InlineData("Added@1 Left@1", "LeftByCustomer")]
    [InlineData("Added@1 Removed@2", "RemovedByStaff")]
    [InlineData("Added@1 Removed@2 Left@3", "RemovedByStaff")]
    [InlineData("Added@1 Left@2 Added@3", "Added")]
    [InlineData("Added@1 Left@2 HalfAdded@3", "HalfAdded")]
    [InlineData("Added@1 Left@2 Edited@3", "LeftByCustomer")]
    [InlineData("Edited@1", "Added")]
    [InlineData("Left@1", "LeftByCustomer")]
    public async Task The_newest_events_decide_how_a_relation_stands(string events, string status)
    {
        await using var state = await StateFile.CreateAsync();
        var key = new RelationKey("acme", "ZhangSan", "wm1");
        foreach (var text in events.Split(' '))
        {
            var parts = text.Split('@');
            await state.WriteAsync(session => RelationStore.ApplyAsync(
                session, new RelationChange(key, Enum.Parse<RelationChangeKind>(parts[0]), Start.AddSeconds(int.Parse(parts[1])), Guid.NewGuid())));
        }

        var relation = await state.ReadAsync(session => RelationStore.FindAsync(session, key));
        relation!.Status.ToString().ShouldBe(status);
    }

    [Fact]
    public async Task The_end_is_remembered_after_a_new_add_and_the_channel_is_that_of_the_new_add()
    {
        await using var state = await StateFile.CreateAsync();
        var key = new RelationKey("acme", "ZhangSan", "wm1");
        RelationChange[] changes =
        [
            new(key, RelationChangeKind.HalfAdded, Start, Guid.NewGuid(), "store-1"),
            new(key, RelationChangeKind.Added, Start.AddSeconds(1), Guid.NewGuid()),
            new(key, RelationChangeKind.Left, Start.AddSeconds(5), Guid.NewGuid()),
            new(key, RelationChangeKind.Added, Start.AddSeconds(9), Guid.NewGuid(), "expo"),
        ];
        await ApplyAsync(state, changes[..2]);
        (await state.ReadAsync(session => RelationStore.FindAsync(session, key)))!.State.ShouldBe("store-1");
        await ApplyAsync(state, changes[2..]);
        (await state.ReadAsync(session => RelationStore.FindAsync(session, key)))
            .ShouldBe(new Relation(key, RelationStatus.Added, "expo", Start.AddSeconds(9), Start.AddSeconds(5), Start.AddSeconds(9)));
    }

    [Fact]
    public async Task A_member_is_the_same_in_any_case_and_a_customer_is_not()
    {
        await using var state = await StateFile.CreateAsync();
        foreach (var (user, customer) in new[] { ("ZhangSan", "wmA"), ("zhangsan", "wmA"), ("zhangsan", "wma"), ("lisi", "wmA") })
            await ApplyAsync(state, [new(new RelationKey("acme", user, customer), RelationChangeKind.Added, Start, Guid.NewGuid())]);

        var relations = await state.ReadAsync(session => RelationStore.OfCustomerAsync(session, "acme", "wmA"));
        relations.Select(relation => relation.Key).ShouldBe([new RelationKey("acme", "LISI", "wmA"), new RelationKey("acme", "ZHANGSAN", "wmA")]);
    }

    [Fact]
    public async Task Any_order_and_any_repetition_of_the_same_events_ends_in_the_same_relation()
    {
        await using var state = await StateFile.CreateAsync();
        // Few seconds and ids, so that events collide.
        var change =
            from kind in Gen.Elements(Enum.GetValues<RelationChangeKind>())
            from second in Gen.Choose(0, 3)
            from id in Gen.Choose(0, 4)
            from channel in Gen.Elements("store", "expo", null)
            from user in Gen.Elements("Zhang", "zhang", "ZHANG")
            select (kind, second, id, channel, user);
        var history =
            from changes in Gen.ArrayOf(change).Where(changes => changes.Length is > 0 and <= 12)
            from seed in Gen.Choose(0, int.MaxValue)
            select (changes, seed);
        var run = 0;
        Prop.ForAll(history.ToArbitrary(), h =>
        {
            var ordered = h.changes.DistinctBy(c => (c.kind, c.second, c.id)).ToArray();
            var random = new Random(h.seed);
            var shuffled = ordered.Concat(ordered.Take(random.Next(ordered.Length))).OrderBy(_ => random.Next()).ToArray();
            var (one, other) = ($"a{run}", $"b{run++}");
            var first = RowAsync(state, one, ordered).GetAwaiter().GetResult();
            var second = RowAsync(state, other, shuffled).GetAwaiter().GetResult();
            return first == second;
        }).QuickCheckThrowOnFailure();
    }

    private static async Task<string> RowAsync(StateFile state, string corp, (RelationChangeKind Kind, int Second, int Id, string? Channel, string User)[] changes)
    {
        foreach (var change in changes)
        {
            var id = new Guid(change.Id, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
            var state1 = change.Kind is RelationChangeKind.Added or RelationChangeKind.HalfAdded ? change.Channel : null;
            await ApplyAsync(state, [new(new RelationKey(corp, change.User, "wm1"), change.Kind, Start.AddSeconds(change.Second), id, state1)]);
        }

        // The whole row, not only what is read from it.
        return await state.ReadAsync(async session =>
        {
            var row = (IDictionary<string, object?>)(await session.QueryAsync<dynamic>("SELECT * FROM relations WHERE corp = @corp", new { corp })).Single();
            return string.Join('|', row.Where(column => column.Key != "corp").Select(column => $"{column.Key}={column.Value}"));
        });
    }

    private static async Task ApplyAsync(StateFile state, IEnumerable<RelationChange> changes)
    {
        foreach (var change in changes) await state.WriteAsync(session => RelationStore.ApplyAsync(session, change));
    }

    [Theory]
    [InlineData("zhang.added@1 zhang.edited@2 zhang.removed@3 zhang.added@4 zhang.edited@5")]
    [InlineData("zhang.half_added@1 zhang.added@2 zhang.edited@3")]
    [InlineData("zhang.added@1 zhang.edited@2 li.added@9 zhang.removed@9 li.edited@9")]
    [InlineData("zhang.added@1 zhang.left@3 zhang.half_added@5 zhang.added@6 zhang.edited@7")]
    [InlineData("zhang.added@1 li.added@2 zhang.left@3 li.edited@4 zhang.removed@5 li.left@6")]
    [InlineData("zhang.half_added@1 zhang.added@2 zhang.left@3 zhang.added@4 zhang.removed@5 zhang.half_added@6")]
    [InlineData("zhang.half_added@1 zhang.removed@1 zhang.added@2 zhang.left@2 zhang.removed@3 zhang.left@4")]
    [InlineData("zhang.removed@1 zhang.edited@2 zhang.left@3")]
    public async Task Every_order_of_a_history_ends_as_the_table_of_the_page_says(string history)
    {
        await using var state = await StateFile.CreateAsync();
        var events = history.Split(' ').Select((text, n) => LifeEvent.Read(text, n)).ToArray();
        var expected = events.GroupBy(e => e.User).OrderBy(user => user.Key, StringComparer.Ordinal).Select(user => $"{user.Key} {LifeTable.End(user.Select(e => e.Kind))}").ToList();
        var orders = Orders(events).ToList();

        await state.WriteAsync(async session =>
        {
            foreach (var (order, n) in orders.Select((order, n) => (order, n)))
            {
                // The first half comes once more at the end.
                foreach (var e in order.Concat(order[..(order.Length / 2)])) await RelationStore.ApplyAsync(session, e.ToChange($"c{n}"));
            }
        });

        var ends = await state.ReadAsync(async session =>
        {
            var seen = new List<List<string>>();
            for (var n = 0; n < orders.Count; n++) seen.Add([.. (await RelationStore.OfCustomerAsync(session, $"c{n}", "wm1")).Select(relation => $"{relation.Key.UserId} {LifeTable.WordOf(relation.Status)}")]);
            return seen;
        });
        foreach (var end in ends) end.ShouldBe(expected);
    }

    private static IEnumerable<LifeEvent[]> Orders(LifeEvent[] events)
    {
        if (events.Length < 2) return [events];
        return events.SelectMany((first, at) => Orders([.. events[..at], .. events[(at + 1)..]]).Select(rest => (LifeEvent[])[first, .. rest]));
    }

    /// <summary>An event of a history, written <c>who.kind@second</c>.</summary>
    private sealed record LifeEvent(string User, string Kind, int Second, Guid Id)
    {
        public static LifeEvent Read(string text, int number)
        {
            var parts = text.Split('.', '@');
            return new LifeEvent(parts[0], parts[1], int.Parse(parts[2]), new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]));
        }

        public RelationChange ToChange(string corp) =>
            new(new RelationKey(corp, User, "wm1"), Enum.Parse<RelationChangeKind>(Kind.Replace("_", "", StringComparison.Ordinal), ignoreCase: true), Start.AddSeconds(Second), Id);
    }

    /// <summary>The table of docs/profiles.md.</summary>
    private static class LifeTable
    {
        private static readonly Dictionary<(string From, string Kind), string> Moves = Read();

        public static string End(IEnumerable<string> kinds) => kinds.Aggregate("none", (status, kind) => Moves[(status, kind)]);

        public static string WordOf(RelationStatus status) => WecomBridge.Profiles.ProfileFacts.StatusOf(status);

        private static Dictionary<(string From, string Kind), string> Read()
        {
            var rows = File.ReadLines(Contracts.RepositoryFiles.PathOf("docs", "profiles.md")).SkipWhile(line => !line.StartsWith("| from |", StringComparison.Ordinal)).TakeWhile(line => line.StartsWith('|'))
                .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim(' ', '`')).ToArray()).ToList();
            return rows.Skip(2).SelectMany(row => row.Skip(1).Select((to, n) => (From: row[0], Kind: rows[0][n + 1], To: to))).ToDictionary(move => (move.From, move.Kind), move => move.To);
        }
    }
}
