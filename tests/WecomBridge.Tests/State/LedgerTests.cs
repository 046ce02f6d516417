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
        var cause = Guid.NewGuid();
        TagLedgerEntry[] entries = [new("et1", "Channel", "rule", cause), new("et2", "Channel", "rule", cause)];

        await state.WriteAsync(session => TagLedger.RecordIntentAsync(session, Key, entries, Now));
        await state.WriteAsync(session => TagLedger.ConfirmAsync(session, Key, ["et1", "et-unknown"], Now));
        (await OfRelationAsync(state)).ShouldBe([entries[0] with { Confirmed = true }, entries[1]]);

        await state.WriteAsync(session => TagLedger.RecordIntentAsync(session, Key, entries[..1], Now));
        (await OfRelationAsync(state)).ShouldBe(entries);
    }

    [Fact]
    public async Task A_forgotten_tag_is_a_persons_and_other_relations_keep_theirs()
    {
        await using var state = await StateFile.CreateAsync();
        var entry = new TagLedgerEntry("et1", "Channel", "rule", Guid.NewGuid());
        var other = Key with { UserId = "lisi" };
        await state.WriteAsync(session => TagLedger.RecordIntentAsync(session, Key, [entry], Now));
        await state.WriteAsync(session => TagLedger.RecordIntentAsync(session, other, [entry], Now));

        await state.WriteAsync(session => TagLedger.ForgetAsync(session, Key with { UserId = "ZhangSan" }, ["et1"]));

        (await OfRelationAsync(state)).ShouldBeEmpty();
        (await state.ReadAsync(session => TagLedger.OfRelationAsync(session, other))).ShouldBe([entry]);
    }

    private static Task<IReadOnlyList<TagLedgerEntry>> OfRelationAsync(StateFile state) => state.ReadAsync(session => TagLedger.OfRelationAsync(session, Key));
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
