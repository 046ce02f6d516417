using Microsoft.Extensions.Logging.Abstractions;
using WecomBridge.Calls;
using WecomBridge.State;
using WecomBridge.Tests.State;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Calls;

public sealed class StateCallBudgetStoreTests : IAsyncLifetime
{
    private static readonly CallBudget Budget = new(100, 1000);

    private readonly ManualTimeProvider _time = new();
    private StateFile _state = null!;

    public async ValueTask InitializeAsync() => _state = await StateFile.CreateAsync();

    public ValueTask DisposeAsync() => _state.DisposeAsync();

    [Fact]
    public async Task Instances_share_a_budget_and_a_restart_does_not_renew_it()
    {
        (await ReserveAsync(Store(), 60)).Count.ShouldBe(60);
        (await ReserveAsync(Store(), 60)).Count.ShouldBe(40);
        await _state.ReopenAsync();

        (await ReserveAsync(Store(), 1)).Count.ShouldBe(0);
        (await Store().ReserveAsync("other", "api", CallLane.Sync, _time.GetUtcNow(), 1, Budget, default)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_closing_is_known_to_all_and_ends_for_all()
    {
        var (one, other) = (Store(), Store());
        await one.CloseAsync("acme", "api", _time.GetUtcNow(), default);
        (await ReserveAsync(other, 1)).Closing.Count.ShouldBe(1);

        _time.Advance(TimeSpan.FromMinutes(1));
        (await ReserveAsync(other, 9)).IsProbe.ShouldBeTrue();
        (await ReserveAsync(one, 9)).Count.ShouldBe(0);
        await other.OpenAsync("acme", "api", default);

        (await ReserveAsync(one, 9)).Count.ShouldBe(9);
    }

    [Fact]
    public async Task While_State_is_away_an_instance_keeps_to_a_twentieth_and_afterwards_shares_again()
    {
        var flaky = new FlakyState(_state) { IsAway = true };
        var store = Store(flaky);

        (await ReserveAsync(store, 60)).Count.ShouldBe(5);
        (await ReserveAsync(store, 60)).Count.ShouldBe(0);
        store.IsAway.ShouldBeTrue();
        flaky.Refused.ShouldBe(1);

        flaky.IsAway = false;
        _time.Advance(TimeSpan.FromSeconds(2));
        (await ReserveAsync(store, 60)).Count.ShouldBe(60);
        store.IsAway.ShouldBeFalse();
    }

    [Fact]
    public async Task While_State_is_slow_the_only_instance_uses_all_that_is_left_and_tells_State_afterwards()
    {
        var flaky = new FlakyState(_state);
        var store = Store(flaky);
        (await ReserveAsync(store, 30)).Count.ShouldBe(30);

        flaky.IsAway = true;
        (await ReserveAsync(store, 60)).Count.ShouldBe(60);
        (await ReserveAsync(store, 60)).Count.ShouldBe(10);

        flaky.IsAway = false;
        _time.Advance(TimeSpan.FromSeconds(2));
        (await ReserveAsync(store, 1)).Count.ShouldBe(0);
        (await ReserveAsync(Store(), 1)).Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(CallLane.Welcome, true, 8000)]
    [InlineData(CallLane.Bulk, true, 8000)]
    [InlineData(CallLane.Welcome, false, 2000)]
    [InlineData(CallLane.Bulk, false, 450)]
    public void One_of_several_instances_takes_a_quarter_for_greetings_and_a_twentieth_for_the_rest(CallLane lane, bool isAlone, int part) =>
        StateCallBudgetStore.LocalPart(9000, used: 1000, lane, isAlone ? StateDialect.Sqlite : StateDialect.Postgres).ShouldBe(part);

    [Fact]
    public async Task An_outage_of_State_is_not_told_of_for_ever_when_nobody_calls()
    {
        var store = Store(new FlakyState(_state) { IsAway = true });
        await ReserveAsync(store, 1);

        _time.Advance(TimeSpan.FromMinutes(2));

        store.IsAway.ShouldBeFalse();
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_read_is_begun_anew()
    {
        await ReserveAsync(Store(), 100);
        await _state.WriteAsync(session => session.ExecuteAsync("UPDATE call_budgets SET ledger = 'something else'"));

        (await ReserveAsync(Store(), 7)).Count.ShouldBe(7);
    }

    private Task<CallGrant> ReserveAsync(StateCallBudgetStore store, int wanted) => store.ReserveAsync("acme", "api", CallLane.Sync, _time.GetUtcNow(), wanted, Budget, default);

    private StateCallBudgetStore Store(IStateDatabase? state = null) => new(state ?? _state, _time, NullLogger<StateCallBudgetStore>.Instance);
}
