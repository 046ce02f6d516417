using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using WecomBridge.Calls;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.State;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.IntegrationTests.State;

/// <summary>What instances share through one PostgreSQL: tokens, budgets, work.</summary>
public class PostgresSharingTests(PostgresServer postgres)
{
    private static readonly WecomApp App = new("acme", "contact", "wwEXAMPLE", "s3cret");

    [Fact]
    public async Task Ten_instances_that_start_at_once_fetch_one_token()
    {
        await using var state = await postgres.CreateStateAsync();
        using var platform = new Platform();
        using var transport = platform.Transport();
        var instances = Enumerable.Range(0, 10).Select(_ => new AccessTokenSource(App, transport, new StateAccessTokenStore(state), TimeProvider.System)).ToArray();

        var tokens = await Task.WhenAll(instances.Select(instance => instance.GetAsync(CancellationToken.None).AsTask()));

        tokens.ShouldAllBe(token => token.Value == "t1");
        platform.Tokens.ShouldBe(1);
    }

    // Fault F29.
    [Fact]
    public async Task A_token_revoked_under_200_calls_of_three_instances_is_fetched_once_and_each_call_repeated_once()
    {
        await using var state = await postgres.CreateStateAsync();
        using var platform = new Platform();
        using var transport = platform.Transport();
        var clients = Enumerable.Range(0, 3).Select(_ => new WecomClient(
            App, CallLane.Welcome, transport, new AccessTokenSource(App, transport, new StateAccessTokenStore(state), TimeProvider.System),
            new CallGovernor(new CallLimits(), new StateCallBudgetStore(state, TimeProvider.System, NullLogger<StateCallBudgetStore>.Instance), TimeProvider.System), [], TimeProvider.System)).ToArray();
        foreach (var client in clients) await client.ExecuteAsync(new CgibinExternalContactGetRequest { ExternalUserid = "first" }, CancellationToken.None);
        platform.Revoked = "t1";

        await Task.WhenAll(Enumerable.Range(0, 200).Select(n => clients[n % 3].ExecuteAsync(new CgibinExternalContactGetRequest { ExternalUserid = $"wm{n}" }, CancellationToken.None)));

        platform.Tokens.ShouldBe(2);
        platform.Calls.Where(call => call.Key != "first").Select(call => call.Value).ShouldAllBe(count => count <= 2);
        platform.Calls.Count.ShouldBe(201);
    }

    [Fact]
    public async Task Instances_that_reserve_calls_at_once_never_get_more_than_the_budget_together()
    {
        await using var state = await postgres.CreateStateAsync();
        var now = DateTimeOffset.UtcNow;
        var stores = Enumerable.Range(0, 5).Select(_ => new StateCallBudgetStore(state, new StoppedClock(), NullLogger<StateCallBudgetStore>.Instance)).ToArray();

        var grants = await Task.WhenAll(Enumerable.Range(0, 60).Select(n => stores[n % 5].ReserveAsync("acme", "externalcontact/get", CallLane.Sync, now, 7, new CallBudget(100, 1000), CancellationToken.None)));

        grants.Sum(grant => grant.Count).ShouldBe(100);
        stores.ShouldAllBe(store => !store.IsAway);
    }

    [Fact]
    public async Task A_corp_with_a_backlog_does_not_keep_another_waiting_and_a_paused_app_is_left_alone()
    {
        await using var state = await postgres.CreateStateAsync();
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        await state.WriteAsync(
            async session =>
            {
                for (var n = 0; n < 50; n++) await WorkStore.MarkAsync(session, new WorkKey(WorkLane.Tags, "big", $"k{n}"), "contact", now.AddHours(-1), Guid.NewGuid(), now);
                for (var n = 0; n < 2; n++) await WorkStore.MarkAsync(session, new WorkKey(WorkLane.Tags, "small", $"k{n}"), "contact", now, Guid.NewGuid(), now);
                await WorkStore.MarkAsync(session, new WorkKey(WorkLane.Tags, "paused", "k"), "contact", now.AddHours(-2), Guid.NewGuid(), now);
            },
            CancellationToken.None);

        var claimed = await state.WriteAsync(session => WorkStore.ClaimAsync(session, WorkLane.Tags, "one", 10, now, TimeSpan.FromMinutes(1), [("paused", "contact")]), CancellationToken.None);

        claimed.GroupBy(item => item.Key.Corp).ToDictionary(group => group.Key, group => group.Count()).ShouldBe(new Dictionary<string, int> { ["big"] = 8, ["small"] = 2 }, ignoreOrder: true);
        (await state.ReadAsync(session => WorkStore.ListAsync(session, new WorkFilter(null, "paused", ListedState.Due), 10, now), CancellationToken.None)).ShouldHaveSingleItem();
    }

    /// <summary>Fires no timer: a busy machine must not look like a database that is away.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Gives tokens t1, t2, … and counts calls by customer.</summary>
    private sealed class Platform : HttpMessageHandler
    {
        private int _tokens;

        public int Tokens => Volatile.Read(ref _tokens);

        public string? Revoked { get; set; }

        public ConcurrentDictionary<string, int> Calls { get; } = new();

        public WecomTransport Transport() => new(new HttpClient(this, disposeHandler: false), new Uri("https://wecom.example/"), TimeProvider.System);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(20, cancellationToken);
            var query = System.Web.HttpUtility.ParseQueryString(request.RequestUri!.Query);
            if (request.RequestUri.AbsolutePath.EndsWith("gettoken", StringComparison.Ordinal)) return Json($$"""{"access_token":"t{{Interlocked.Increment(ref _tokens)}}","expires_in":7200}""");
            Calls.AddOrUpdate(query["external_userid"]!, 1, (_, count) => count + 1);
            return Json(query["access_token"] == Revoked ? """{"errcode":40014}""" : """{"errcode":0}""");
        }

        private static HttpResponseMessage Json(string body) => new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }
}
