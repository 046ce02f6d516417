using WecomBridge.State;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.State;

public class TagLedgerTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private static readonly RelationKey Key = new("acme", "zhangsan", "wm1");

    [Fact]
    public async Task A_tag_is_an_intent_until_confirmed_and_an_intent_again_before_the_next_call()
    {
        await using var state = await StateFile.CreateAsync();
        TagLedgerEntry[] entries = [Entry("et1"), Entry("et2")];

        (await IntendAsync(state, entries)).ShouldBeTrue();
        await state.WriteAsync(session => TagLedger.ConfirmAsync(session, Key, ["et1", "et-unknown"], Now));
        (await StatusesAsync(state)).ShouldBe([TagLedgerStatus.Ours, TagLedgerStatus.Adding]);

        (await IntendAsync(state, entries[..1])).ShouldBeTrue();
        (await StatusesAsync(state)).ShouldBe([TagLedgerStatus.Adding, TagLedgerStatus.Adding]);
    }

    [Fact]
    public async Task A_forgotten_tag_is_a_persons_and_other_relations_keep_theirs()
    {
        await using var state = await StateFile.CreateAsync();
        await IntendAsync(state, [Entry("et1")]);
        await state.WriteAsync(session => TagLedger.TryIntendAsync(session, Key with { UserId = "lisi" }, [Entry("et1")], [], null, Now, Now));

        await state.WriteAsync(session => TagLedger.ForgetAsync(session, Key with { UserId = "ZhangSan" }, ["et1"]));

        (await state.ReadAsync(session => TagLedger.OfCustomerAsync(session, "acme", "wm1"))).Select(relation => relation.Key).ShouldBe(["lisi"]);
    }

    [Fact]
    public async Task Nothing_is_intended_when_a_person_edited_the_relation_since_it_was_looked_at()
    {
        await using var state = await StateFile.CreateAsync();
        await EditAsync(state, Now);
        var seen = (await state.ReadAsync(session => TagLedger.EditsOfCustomerAsync(session, "acme", "wm1")))["zhangsan"];
        await EditAsync(state, Now.AddSeconds(1));

        (await state.WriteAsync(session => TagLedger.TryIntendAsync(session, Key, [Entry("et1")], [], seen, Now, Now))).ShouldBeFalse();

        (await StatusesAsync(state)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(-5, false)]
    [InlineData(-4, true)]
    [InlineData(0, true)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public async Task An_edit_between_read_and_write_as_far_as_clocks_can_tell_makes_the_tag_a_persons(int seconds, bool isPersons)
    {
        await using var state = await StateFile.CreateAsync();
        await IntendAsync(state, [Entry("et1")]);
        await state.WriteAsync(session => TagLedger.ConfirmAsync(session, Key, ["et1"], Now.AddSeconds(2)));

        await EditAsync(state, Now.AddSeconds(seconds));

        (await StatusesAsync(state)).ShouldBe([isPersons ? TagLedgerStatus.Personal : TagLedgerStatus.Ours]);
    }

    [Fact]
    public async Task An_edit_during_the_call_is_remembered_until_its_answer()
    {
        await using var state = await StateFile.CreateAsync();
        await IntendAsync(state, [Entry("et1")]);
        await EditAsync(state, Now.AddMinutes(1));
        (await StatusesAsync(state)).ShouldBe([TagLedgerStatus.Adding]);

        await state.WriteAsync(session => TagLedger.ConfirmAsync(session, Key, ["et1"], Now.AddMinutes(2)));

        (await StatusesAsync(state)).ShouldBe([TagLedgerStatus.Personal]);
    }

    [Fact]
    public async Task The_same_edit_told_twice_doubts_nothing_that_was_written_after_the_first()
    {
        await using var state = await StateFile.CreateAsync();
        var id = Guid.NewGuid();
        await EditAsync(state, Now, id);
        var seen = (await state.ReadAsync(session => TagLedger.EditsOfCustomerAsync(session, "acme", "wm1")))["zhangsan"];
        await state.WriteAsync(session => TagLedger.TryIntendAsync(session, Key, [Entry("et1")], [], seen, Now.AddSeconds(1), Now.AddSeconds(1)));
        await state.WriteAsync(session => TagLedger.ConfirmAsync(session, Key, ["et1"], Now.AddSeconds(1)));

        await EditAsync(state, Now, id);

        (await StatusesAsync(state)).ShouldBe([TagLedgerStatus.Ours]);
    }

    private static TagLedgerEntry Entry(string id) => new(id, "Channel", "rule", "store", Guid.NewGuid());

    private static Task<bool> IntendAsync(StateFile state, IReadOnlyList<TagLedgerEntry> entries) =>
        state.WriteAsync(session => TagLedger.TryIntendAsync(session, Key, entries, [], null, Now, Now));

    private static Task EditAsync(StateFile state, DateTimeOffset at, Guid? id = null) =>
        state.WriteAsync(session => RelationStore.ApplyAsync(session, new RelationChange(Key, RelationChangeKind.Edited, at, id ?? Guid.NewGuid())));

    private static async Task<IReadOnlyList<TagLedgerStatus>> StatusesAsync(StateFile state) =>
        [.. (await state.ReadAsync(session => TagLedger.OfCustomerAsync(session, "acme", "wm1")))["zhangsan"].Select(entry => entry.Status)];
}

public class StateAccessTokenStoreTests
{
    private static readonly DateTimeOffset Expiry = DateTimeOffset.FromUnixTimeSeconds(1_700_007_200);

    [Fact]
    public async Task Of_all_who_refresh_one_generation_exactly_one_stores_its_token()
    {
        await using var state = await StateFile.CreateAsync();
        var store = new StateAccessTokenStore(state);
        for (var generation = 0; generation < 3; generation++)
        {
            var stored = await Task.WhenAll(Enumerable.Range(0, 20).Select(n =>
                store.TryReplaceAsync("acme", "contact", generation, new AccessToken($"token-{generation}-{n}", Expiry, generation + 1), "hash", CancellationToken.None)));
            stored.Count(won => won).ShouldBe(1);
            var winner = Array.IndexOf(stored, true);
            (await store.GetAsync("acme", "contact", CancellationToken.None)).ShouldBe(new AccessTokenEntry(new AccessToken($"token-{generation}-{winner}", Expiry, generation + 1), "hash", null, null));
        }
    }

    [Fact]
    public async Task An_app_without_a_token_has_none()
    {
        await using var state = await StateFile.CreateAsync();
        (await new StateAccessTokenStore(state).GetAsync("acme", "contact", CancellationToken.None)).ShouldBe(AccessTokenEntry.None);
    }
}
