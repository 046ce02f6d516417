using WecomBridge.Simulator;
using WecomBridge.Simulator.Faults;
using WecomBridge.Simulator.Ledger;
using WecomBridge.Simulator.Platform;
using WecomBridge.Tests.Simulator;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Wecom.Api.Calls;

/// <summary>Client and simulator were written apart, each from the platform's pages: here they meet.</summary>
public sealed class SimulatorContractTests
{
    /// <summary>Answers that say that a request was not understood: path, method, form or a required field.</summary>
    private static readonly int[] NotUnderstood = [40008, 40031, 40032, 40033, 40035, 40058, 40063, 41001, 41002, 41004, 41011, 41049, 44001, 44004, 46004];

    [Theory]
    [MemberData(nameof(WecomCalls.Paths), MemberType = typeof(WecomCalls))]
    public async Task Each_call_is_understood(string path)
    {
        await using var platform = await PlatformAsync();
        var call = WecomCalls.Of(path);

        WecomException? refused = null;
        try
        {
            var answer = await call.Call(platform.Client, TestContext.Current.CancellationToken);
            answer.IsSuccessful().ShouldBeTrue();
            answer.RawBody.Length.ShouldBeGreaterThan(0);
        }
        catch (WecomException failure)
        {
            refused = failure;
        }

        // The sample's ids are invented, so a refusal that says "I do not know this one" is an answer to a request that was understood.
        refused?.ErrorCode.ShouldNotBeNull(refused.Message);
        if (refused is { PlatformText: { } text } && !text.Contains(" is unknown", StringComparison.Ordinal)) NotUnderstood.ShouldNotContain(refused.ErrorCode!.Value, text);
        var entry = platform.Fixture.Simulator.Ledger.CallsOf(path).ShouldHaveSingleItem();
        entry.Status.ShouldBe(200);
        entry.ErrorCode.ShouldBe(refused?.ErrorCode ?? 0);
    }

    [Theory]
    [InlineData(FaultKind.ServerError)]
    [InlineData(FaultKind.HtmlAnswer)]
    [InlineData(FaultKind.EmptyAnswer)]
    [InlineData(FaultKind.TruncatedJson)]
    [InlineData(FaultKind.NullErrorCode)]
    [InlineData(FaultKind.Drop)]
    [InlineData(FaultKind.AnswerLost)]
    public async Task Each_call_that_is_answered_badly_fails_as_transient_with_an_unknown_outcome(FaultKind kind)
    {
        await using var platform = await PlatformAsync();
        foreach (var call in WecomCalls.All.Where(call => !call.AnswersWithFile))
        {
            platform.Fixture.Simulator.Faults.Clear();
            platform.Fixture.Simulator.Faults.Add(new FaultRule { Pattern = call.Path, Kind = kind });

            var thrown = await Should.ThrowAsync<WecomException>(() => call.Call(platform.Client, TestContext.Current.CancellationToken), call.Path);

            thrown.Failure.ShouldBe(WecomFailure.Transient, call.Path);
            thrown.ErrorCode.ShouldBeNull(call.Path);
            thrown.OutcomeUnknown.ShouldBeTrue(call.Path);
            thrown.Api.ShouldBe(call.Path);
            thrown.ToString().ShouldNotContain("secret-1");
        }
    }

    private static async Task<Platform> PlatformAsync()
    {
        var fixture = await SimulatorFixture.StartAsync(options => options.Corps[0].Apps[0].Kind = AppKinds.All);
        fixture.Corp.Put(new SimulatedStaff("zhang", "张三"));
        fixture.Corp.Put(new SimulatedStaff("li", "李四"));
        fixture.Corp.Customers.Add("zhang", "wmEXAMPLE01");
        return new Platform(fixture);
    }

    private sealed class Platform : IAsyncDisposable
    {
        private readonly WecomTransport _transport;

        public Platform(SimulatorFixture fixture)
        {
            Fixture = fixture;
            _transport = new WecomTransport(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }), fixture.Simulator.ApiBaseUrl, TimeProvider.System);
            var app = new WecomApp("acme", "contact", SimulatorFixture.CorpId, "secret-1");
            Client = new WecomClient(
                app, CallLane.Sync, _transport, new AccessTokenSource(app, _transport, new InMemoryAccessTokenStore(), TimeProvider.System),
                new CallGovernor(new CallLimits(), new InMemoryCallBudgetStore(), TimeProvider.System), [], TimeProvider.System);
        }

        public SimulatorFixture Fixture { get; }

        public IWecomClient Client { get; }

        public async ValueTask DisposeAsync()
        {
            _transport.Dispose();
            await Fixture.DisposeAsync();
        }
    }
}
