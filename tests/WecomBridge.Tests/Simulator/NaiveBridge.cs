using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using WecomBridge.Simulator;
using WecomBridge.Simulator.Scenarios;

namespace WecomBridge.Tests.Simulator;

/// <summary>A bridge as a beginner writes it: calls at once, never repeats, never waits, knows no limits. Plain HTTP, so that scenarios are tested without the service's own client.</summary>
internal sealed class NaiveBridge : IAsyncDisposable
{
    private readonly CallbackSink _sink;
    private readonly ConcurrentBag<Task> _work = [];
    private readonly HttpClient _client;
    private string _token = "";
    private string _tag = "";
    private string? _media;

    private NaiveBridge(CallbackSink sink, WecomSimulator simulator)
    {
        (_sink, Simulator) = (sink, simulator);
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = simulator.ApiBaseUrl, Timeout = TimeSpan.FromSeconds(5) };
    }

    public WecomSimulator Simulator { get; }

    public static async Task<NaiveBridge> StartAsync()
    {
        var sink = await CallbackSink.StartAsync();
        var options = new SimulatorOptions
        {
            Seed = 3,
            Corps = [new SimulatedCorpOptions { CorpId = SimulatorFixture.CorpId, Apps = [new SimulatedAppOptions { Name = "contact", Secret = "secret-1", Token = "QDG6eK", EncodingAesKey = SimulatorFixture.Key, CallbackUrl = sink.Url }] }],
        };
        var bridge = new NaiveBridge(sink, await WecomSimulator.StartAsync(options, TestContext.Current.CancellationToken));
        var tags = bridge.Simulator.Wecom.Corp().Tags.CreateGroup("Channel", "Store");
        foreach (var happening in tags) await happening.Delivered;
        bridge._tag = tags[1].SubjectId;
        await bridge.TakeTokenAsync();
        sink.Answer = (number, _) =>
        {
            var request = sink.Requests.ElementAt(number - 1);
            bridge._work.Add(Task.Run(() => bridge.WorkAsync(request)));
            return Task.CompletedTask;
        };
        return bridge;
    }

    /// <summary>Runs a scenario at the short pace.</summary>
    public static async Task<(ScenarioReport Report, WecomSimulator Simulator)> PlayAsync(string name, bool withMedia = false)
    {
        await using var bridge = await StartAsync();
        if (withMedia) await bridge.UploadAsync();
        var scenario = Scenario.Find(name).ShouldNotBeNull();
        var report = await scenario.RunAsync(bridge.Simulator, bridge.Simulator.Wecom.Corp(), Pace(name), 5, TestContext.Current.CancellationToken);
        await Task.WhenAll(bridge._work);
        report.Scenario.Name.ShouldBe(name);
        bridge.Simulator.Faults.Rules.ShouldBeEmpty();
        return (report, bridge.Simulator);
    }

    /// <summary>Consent must come after the first greeting was refused, on a busy machine too.</summary>
    private static ScenarioPace Pace(string name) => name == "archive-consent" ? ScenarioPace.Brief with { Scale = 0.2 } : ScenarioPace.Brief;

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_work);
        await Simulator.DisposeAsync();
        await _sink.DisposeAsync();
        _client.Dispose();
    }

    private async Task WorkAsync((Microsoft.AspNetCore.Http.IQueryCollection Query, string Body, string? ContentType) request)
    {
        XElement xml;
        try
        {
            xml = CallbackSink.Open(request);
        }
        catch (XmlException)
        {
            return;
        }

        var (user, customer, code, chat) = (xml.Element("UserID")?.Value, xml.Element("ExternalUserID")?.Value, xml.Element("WelcomeCode")?.Value, xml.Element("ChatId")?.Value);
        if (code is not null) await CallAsync("externalcontact/send_welcome_msg", Greeting(code));
        if (chat is not null) await CallAsync("externalcontact/groupchat/get", new { chat_id = chat });
        if (customer is null) return;
        await CallAsync("externalcontact/get?external_userid=" + customer, null);
        await CallAsync("externalcontact/mark_tag", new { userid = user, external_userid = customer, add_tag = new[] { _tag } });
        await CallAsync("externalcontact/remark", new { userid = user, external_userid = customer, remark = "r" });
    }

    private object Greeting(string code) => _media is null
        ? new { welcome_code = code, text = new { content = "Hello" } }
        : new { welcome_code = code, attachments = new[] { new { msgtype = "image", image = new { media_id = _media } } } };

    private async Task CallAsync(string path, object? body)
    {
        var address = $"cgi-bin/{path}{(path.Contains('?') ? '&' : '?')}access_token={_token}";
        try
        {
            using var answer = body is null ? await _client.GetAsync(address) : await _client.PostAsJsonAsync(address, body);
            var json = await answer.Content.ReadFromJsonAsync<JsonObject>();
            if (json?["errcode"]?.GetValue<int>() is 40014 or 42001) await TakeTokenAsync();
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or IOException or OperationCanceledException)
        {
            // A beginner's bridge lets it go.
        }
    }

    private async Task TakeTokenAsync()
    {
        var answer = await _client.GetFromJsonAsync<JsonObject>($"cgi-bin/gettoken?corpid={SimulatorFixture.CorpId}&corpsecret=secret-1");
        if (answer?["access_token"]?.GetValue<string>() is { Length: > 0 } token) _token = token;
    }

    private async Task UploadAsync()
    {
        using var form = MediaForm.Of("0123456789");
        using var answer = await _client.PostAsync($"cgi-bin/media/upload?type=image&access_token={_token}", form);
        _media = (await answer.Content.ReadFromJsonAsync<JsonObject>()).Text("media_id");
    }
}
