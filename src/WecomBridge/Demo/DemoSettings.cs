using System.Globalization;
using WecomBridge.Simulator;

namespace WecomBridge.Demo;

/// <summary>A small shop: one corp, one app, greetings for two channels and everyone else, a tag for each channel, remarks from the CRM.</summary>
internal static class DemoSettings
{
    public const string Corp = "acme";
    public const string App = "contact";
    private const string CorpId = "ww5a1e0f0de0c0ffee";
    private const string Secret = "demo-secret";
    private const string Token = "demoToken";
    private const string AesKey = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";

    public static SimulatorOptions Simulator(int seed) => new()
    {
        Seed = seed,
        Corps = [new SimulatedCorpOptions { CorpId = CorpId, Apps = [new SimulatedAppOptions { Name = App, Secret = Secret, Token = Token, EncodingAesKey = AesKey }] }],
    };

    public static Dictionary<string, string?> Service(WecomSimulator simulator, string folder) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["urls"] = "http://127.0.0.1:0",
        ["Operations:Url"] = "",
        ["Spool:Path"] = Path.Combine(folder, "spool.db"),
        ["State:ConnectionString"] = string.Create(CultureInfo.InvariantCulture, $"Data Source={Path.Combine(folder, "state.db")}"),
        ["Wecom:ApiBaseUrl"] = simulator.ApiBaseUrl.ToString(),
        [$"Wecom:Corps:{Corp}:CorpId"] = CorpId,
        [$"Wecom:Corps:{Corp}:Apps:{App}:AgentId"] = "1000002",
        [$"Wecom:Corps:{Corp}:Apps:{App}:Secret"] = Secret,
        [$"Wecom:Corps:{Corp}:Apps:{App}:Keys:0:Token"] = Token,
        [$"Wecom:Corps:{Corp}:Apps:{App}:Keys:0:EncodingAesKey"] = AesKey,
        ["Welcome:Rules:0:Name"] = "store",
        ["Welcome:Rules:0:When:State:0"] = "store-*",
        ["Welcome:Rules:0:Text"] = "Welcome to our shop! Your adviser is {{staff.userId}}.",
        ["Welcome:Rules:0:Attachments:0:Link:Title"] = "Opening hours",
        ["Welcome:Rules:0:Attachments:0:Link:Url"] = "https://shop.example/hours",
        ["Welcome:Rules:1:Name"] = "expo",
        ["Welcome:Rules:1:When:State:0"] = "expo-*",
        ["Welcome:Rules:1:Text"] = "Good to have met you at the fair!",
        ["Welcome:Rules:2:Name"] = "default",
        ["Welcome:Rules:2:Text"] = "Hello, how can I help you?",
        ["Tags:Groups:Channel:Owner"] = "Rule",
        ["Tags:Groups:Channel:Tags:0"] = "Store",
        ["Tags:Groups:Channel:Tags:1"] = "Expo",
        ["Tags:Rules:0:Name"] = "store",
        ["Tags:Rules:0:When:State:0"] = "store-*",
        ["Tags:Rules:0:Add:0"] = "Channel/Store",
        ["Tags:Rules:1:Name"] = "expo",
        ["Tags:Rules:1:When:State:0"] = "expo-*",
        ["Tags:Rules:1:Add:0"] = "Channel/Expo",
        ["Profiles:Remark"] = "{{crm.name}} {{crm.level}}",
        ["Crm:Provider"] = "Http",
        ["Crm:Http:BaseUrl"] = simulator.CrmBaseUrl.ToString(),
        ["Crm:Http:Auth:Bearer"] = "crm-token",
        ["Crm:Http:FindByUnionId"] = "customers?unionid={unionId}",
        ["Crm:Http:FindByMobile"] = "customers?mobile={mobile}",
        ["Crm:Http:Fields:id"] = "/0/id",
        ["Crm:Http:Fields:name"] = "/0/name",
        ["Crm:Http:Fields:level"] = "/0/level",
    };
}
