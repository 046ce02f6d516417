using System.Net.Http.Json;
using System.Text.Json.Nodes;
using WecomBridge.Simulator;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Tests.Simulator;

/// <summary>A running simulator with one corp and two apps, and a plain HTTP caller of its API.</summary>
internal sealed class SimulatorFixture : IAsyncDisposable
{
    public const string CorpId = "ww00000000000000aa";
    public const string Key = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
    private string? _token;
    private DateTimeOffset _tokenUntil;

    private SimulatorFixture(WecomSimulator simulator, SimulatorOptions options, SimulatorClock clock)
    {
        Simulator = simulator;
        Options = options;
        Clock = clock;
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = simulator.ApiBaseUrl };
    }

    public WecomSimulator Simulator { get; }
    public SimulatorOptions Options { get; }
    public SimulatorClock Clock { get; }
    public HttpClient Client { get; }
    public SimulatedCorp Corp => Simulator.Wecom.Corp();

    public static async Task<SimulatorFixture> StartAsync(Action<SimulatorOptions>? change = null)
    {
        var clock = new SimulatorClock();
        var options = new SimulatorOptions
        {
            Seed = 7,
            TimeProvider = clock,
            Corps =
            [
                new SimulatedCorpOptions
                {
                    CorpId = CorpId,
                    Apps =
                    [
                        new SimulatedAppOptions { Name = "contact", AgentId = 1000002, Secret = "secret-1", Token = "QDG6eK", EncodingAesKey = Key },
                        new SimulatedAppOptions { Name = "second", AgentId = 1000003, Secret = "secret-2", Token = "token2", EncodingAesKey = Key },
                    ],
                },
            ],
        };
        options.Callbacks.RetryDelay = TimeSpan.FromMilliseconds(10);
        change?.Invoke(options);
        return new SimulatorFixture(await WecomSimulator.StartAsync(options, TestContext.Current.CancellationToken), options, clock);
    }

    public async Task<string> TokenAsync(string secret = "secret-1")
    {
        var answer = await Client.GetFromJsonAsync<JsonObject>($"cgi-bin/gettoken?corpid={CorpId}&corpsecret={secret}");
        return answer!["access_token"]!.GetValue<string>();
    }

    /// <summary>Calls with the first app's token, fetched once in its life.</summary>
    public async Task<JsonObject> GetAsync(string pathAndQuery)
    {
        var token = await CachedTokenAsync();
        return (await Client.GetFromJsonAsync<JsonObject>($"cgi-bin/{pathAndQuery}{(pathAndQuery.Contains('?') ? '&' : '?')}access_token={token}"))!;
    }

    public async Task<JsonObject> PostAsync(string path, object body, string? token = null)
    {
        token ??= await CachedTokenAsync();
        using var answer = await Client.PostAsJsonAsync($"cgi-bin/{path}?access_token={token}", body);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private async Task<string> CachedTokenAsync()
    {
        if (_token is null || Clock.GetUtcNow() >= _tokenUntil) (_token, _tokenUntil) = (await TokenAsync(), Clock.GetUtcNow().AddSeconds(7200));
        return _token;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Simulator.DisposeAsync();
    }
}

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class SimulatorClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Move(TimeSpan by) => _now += by;
}
