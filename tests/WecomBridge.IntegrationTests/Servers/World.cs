using WecomBridge.Operations;
using WecomBridge.Simulator;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.IntegrationTests.Servers;

/// <summary>A simulated WeCom and CRM, and settings for bridges that serve them.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string Corp = "acme";
    public const string App = "contact";
    public const string CorpId = "ww0123456789abcdef";
    public const string Token = "CanaryToken7fQ2";
    public const string AesKey = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
    public const string Secret = "canary-secret-8c1d";
    public const string CrmToken = "canary-crm-token-55e0";
    private readonly List<IAsyncDisposable> _bridges = [];

    private World(WecomSimulator simulator, int port, string folder) => (Simulator, Port, Folder) = (simulator, port, folder);

    public WecomSimulator Simulator { get; }

    /// <summary>Where WeCom calls back: the first bridge's port.</summary>
    public int Port { get; }

    /// <summary>Files of the bridges; deleted with the world.</summary>
    public string Folder { get; }

    public SimulatedCorp WecomCorp => Simulator.Wecom.Corp(CorpId);

    public static async Task<World> StartAsync(Action<SimulatorOptions>? adjust = null)
    {
        var port = FreePorts.Take();
        var options = new SimulatorOptions
        {
            Seed = 7,
            CrmToken = CrmToken,
            Corps =
            [
                new SimulatedCorpOptions
                {
                    CorpId = CorpId,
                    Apps = [new SimulatedAppOptions { Name = App, Secret = Secret, Token = Token, EncodingAesKey = AesKey, CallbackUrl = CallbackUrl(port) }],
                },
            ],
        };
        adjust?.Invoke(options);
        var simulator = await WecomSimulator.StartAsync(options, TestContext.Current.CancellationToken);
        return new World(simulator, port, Directory.CreateTempSubdirectory("wb-test-").FullName);
    }

    public static Uri CallbackUrl(int port) => new($"http://127.0.0.1:{port}/callback/{Corp}/{App}");

    /// <summary>Settings of a bridge: embedded, SQLite, three greeting rules, two tag rules, remarks from the CRM.</summary>
    /// <param name="instance">Own files for each.</param>
    /// <param name="port">Its port; the world's own without one.</param>
    /// <param name="more">Laid over.</param>
    public Dictionary<string, string?> Settings(int instance = 0, int? port = null, params (string Key, string? Value)[] more)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["urls"] = $"http://127.0.0.1:{port ?? Port}",
            ["Operations:Url"] = "",
            ["Logging:LogLevel:Default"] = "Warning",
            ["Logging:LogLevel:WecomBridge"] = "Debug",
            ["Spool:Path"] = Path.Combine(Folder, $"spool-{instance}.db"),
            ["State:ConnectionString"] = $"Data Source={Path.Combine(Folder, $"state-{instance}.db")}",
            ["Wecom:ApiBaseUrl"] = Simulator.ApiBaseUrl.ToString(),
            [$"Wecom:Corps:{Corp}:CorpId"] = CorpId,
            [$"Wecom:Corps:{Corp}:Apps:{App}:AgentId"] = "1000002",
            [$"Wecom:Corps:{Corp}:Apps:{App}:Secret"] = Secret,
            [$"Wecom:Corps:{Corp}:Apps:{App}:Keys:0:Token"] = Token,
            [$"Wecom:Corps:{Corp}:Apps:{App}:Keys:0:EncodingAesKey"] = AesKey,
            ["Welcome:Rules:0:Name"] = "store",
            ["Welcome:Rules:0:When:State:0"] = "store-*",
            ["Welcome:Rules:0:Text"] = "Hi from {{channel.state}}!",
            ["Welcome:Rules:0:Attachments:0:Link:Title"] = "Our shop",
            ["Welcome:Rules:0:Attachments:0:Link:Url"] = "https://shop.example/",
            ["Welcome:Rules:1:Name"] = "default",
            ["Welcome:Rules:1:Text"] = "Welcome!",
            ["Tags:Groups:Channel:Owner"] = "Rule",
            ["Tags:Groups:Channel:Tags:0"] = "Store",
            ["Tags:Groups:Channel:Tags:1"] = "Expo",
            ["Tags:Rules:0:Name"] = "store",
            ["Tags:Rules:0:When:State:0"] = "store-*",
            ["Tags:Rules:0:Add:0"] = "Channel/Store",
            ["Tags:Rules:1:Name"] = "expo",
            ["Tags:Rules:1:When:State:0"] = "expo*",
            ["Tags:Rules:1:Add:0"] = "Channel/Expo",
            ["Profiles:Remark"] = "{{crm.name}} {{crm.level}}",
            ["Crm:Provider"] = "Http",
            ["Crm:Http:BaseUrl"] = Simulator.CrmBaseUrl.ToString(),
            ["Crm:Http:Auth:Bearer"] = CrmToken,
            ["Crm:Http:FindByUnionId"] = "customers?unionid={unionId}",
            ["Crm:Http:FindByMobile"] = "customers?mobile={mobile}",
            ["Crm:Http:Fields:id"] = "/0/id",
            ["Crm:Http:Fields:name"] = "/0/name",
            ["Crm:Http:Fields:level"] = "/0/level",
        };
        foreach (var (key, value) in more) settings[key] = value;
        return settings;
    }

    /// <summary>The welcome codes that WeCom has sent.</summary>
    public IEnumerable<string> WelcomeCodes => Simulator.Ledger.Callbacks.Select(callback => callback.Plaintext).Where(text => text.Contains("<WelcomeCode>", StringComparison.Ordinal))
        .Select(text => text.Split("<WelcomeCode>")[1].Split("</WelcomeCode>")[0].Replace("<![CDATA[", "", StringComparison.Ordinal).Replace("]]>", "", StringComparison.Ordinal)).Distinct();

    /// <summary>Starts a bridge inside this process; ended with the world.</summary>
    public async Task<Bridge> StartBridgeAsync(IDictionary<string, string?> settings, SettingsFiles? files = null)
    {
        var bridge = await Bridge.StartAsync(settings, files);
        _bridges.Add(bridge);
        return bridge;
    }

    /// <summary>Starts a bridge in a process of its own, which a test may kill; ended with the world.</summary>
    public async Task<BridgeProcess> StartBridgeProcessAsync(Dictionary<string, string?> settings, BridgeProcessOptions? options = null)
    {
        var bridge = await BridgeProcess.StartAsync(settings, Folder, options ?? new BridgeProcessOptions());
        _bridges.Add(bridge);
        return bridge;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var bridge in Enumerable.Reverse(_bridges)) await bridge.DisposeAsync();
        Recorder.WriteCanaries(WelcomeCodes);
        await Simulator.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
