using System.Text.Json.Nodes;
using WecomBridge.Operations;
using WecomBridge.Simulator.Faults;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Operations;

/// <summary>What administrators get wrong, each named in one sentence.</summary>
public sealed class MisconfigurationTests
{
    private const string AppPath = "Wecom:Corps:acme:Apps:contact";
    private const string OtherKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

    /// <summary>Seeds of settings: settings that are changed, and what one line then says. An environment is named where it is not Development.</summary>
    private static readonly Dictionary<string, Seed> Settings = new(StringComparer.Ordinal)
    {
        ["a setting with a typing error"] = new([("Work:Concurency", "4")], "Work:Concurency", "is not a setting.", "Did you mean \"Concurrency\"?"),
        ["a section with a typing error"] = new([("Welcom:SendWithin", "00:00:10")], "Welcom", "is no section of settings.", "Did you mean \"Welcome\"?"),
        ["a misspelt word"] = new([("Broker:Transport", "RabitMq")], "Broker:Transport", "\"RabitMq\"", "must be one of Embedded, RabbitMq.", "Did you mean \"RabbitMq\"?"),
        ["a misspelt role"] = new([("Roles:0", "Intak")], "Roles:0", "must be one of Intake, Welcome, Work.", "Did you mean \"Intake\"?"),
        ["a word where a number belongs"] = new([("Work:Concurrency", "five")], "Work:Concurrency", "\"five\"", "must be a whole number."),
        ["a time that is none"] = new([("Welcome:SendWithin", "18s")], "Welcome:SendWithin", "\"18s\"", "must be a time such as 00:00:05"),
        ["a number out of its bounds"] = new([("Spool:MaxBytes", "5")], "Spool:MaxBytes", "\"5\"", "must be between 1048576 and 1099511627776."),
        ["a value where a list belongs"] = new([("Welcome:Rules:0:When:Corps", "acme")], "Welcome:Rules:0:When:Corps", "must be a list or hold names, not a single value."),
        ["a secret's variable that is not set"] = new([($"{AppPath}:Secret", "env:WB_NO_SUCH_SECRET")], $"{AppPath}:Secret", "The environment variable WB_NO_SUCH_SECRET is not set."),
        ["a secret's file that is not there"] = new([($"{AppPath}:Keys:0:Token", "file:/no/such/token")], $"{AppPath}:Keys:0:Token", "The file /no/such/token cannot be read."),
        ["a secret written out in production"] = new([($"{AppPath}:Secret", "hush-hush")], $"{AppPath}:Secret", "***", "must be given as env:NAME or file:PATH") { Environment = "Production" },
        ["an AES key that was cut"] = new([($"{AppPath}:Keys:0:EncodingAesKey", OtherKey[..42])], $"{AppPath}:Keys:0:EncodingAesKey", "must be 43 characters"),
        ["a time zone that is none"] = new([("Wecom:Corps:acme:TimeZone", "Asia/Shanghi")], "Wecom:Corps:acme:TimeZone", "is not a time zone of this machine.", "Did you mean \"Asia/Shanghai\"?"),
        ["a corp in a rule that is not configured"] = new([("Welcome:Rules:0:When:Corps:0", "acne")], "Welcome:Rules:0:When:Corps:0", "names no corp; known are acme.", "Did you mean \"acme\"?"),
        ["an app in a rule that is not configured"] = new([("Welcome:Rules:0:When:Apps:0", "contakt")], "Welcome:Rules:0:When:Apps:0", "names no app; known are contact.", "Did you mean \"contact\"?"),
        ["a day that is none"] = new([("Welcome:Rules:0:When:Days:0", "Mo")], "Welcome:Rules:0:When:Days:0", "must be one of Mon, Tue", "Did you mean \"Mon\"?"),
        ["two greetings of one name"] = new([("Welcome:Rules:1:Name", "store")], "Welcome:Rules", "the name \"store\" is used more than once."),
        ["a field in a greeting that does not exist"] = new([("Welcome:Rules:0:Text", "Hi {{customer.nam}}")], "Welcome:Rules:0:Text", "names a field that does not exist", "Did you mean \"{{customer.name}}\"?"),
        ["a tag that no group has"] = new([("Tags:Rules:0:Add:0", "Channel/Stroe")], "Tags:Rules:0:Add:0", "names no Group/Tag of Tags:Groups.", "Did you mean \"Channel/Store\"?"),
        ["a condition on a fact that is not read"] = new(
            [("Welcome:Rules:0:When:Facts:All:0:Field", "levle"), ("Welcome:Rules:0:When:Facts:All:0:Op", "Eq"), ("Welcome:Rules:0:When:Facts:All:0:Value", "gold")],
            "Welcome:Rules:0:When:Facts:All:0:Field", "known are", "Did you mean \"level\"?"),
        ["subscribers without a broker"] = new([.. Subscriber("sales", "crm.sales.customers", "customer.*")], "Routing:Subscribers", "needs Broker:Transport RabbitMq"),
        ["two subscribers with one queue"] = new([("Broker:Transport", "RabbitMq"), .. Subscriber("sales", "crm.sales.customers", "customer.*"), .. Subscriber("desk", "crm.sales.customers", "tag.*")], "crm.sales.customers", "2 subscribers", "each needs its own"),
        ["an event that does not exist"] = new([("Broker:Transport", "RabbitMq"), .. Subscriber("sales", "crm.sales.customers", "custmer.added")], "Routing:Subscribers:sales:Events", "is no event of the contract", "Did you mean \"customer.added\"?"),
        ["a subscriber of a corp that is not configured"] = new([("Broker:Transport", "RabbitMq"), .. Subscriber("sales", "crm.sales.customers", "customer.*"), ("Routing:Subscribers:sales:Corps:0", "acne")], "Routing:Subscribers:sales:Corps", "acne", "Did you mean \"acme\"?"),
        ["a broker's address that is none"] = new([("Broker:Transport", "RabbitMq"), ("Broker:Uri", "http://user:hush-hush@broker")], "Broker:Uri", "***", "is no address of the form amqp://"),
        ["a password inside the collector's address"] = new([("Telemetry:Otlp:Endpoint", "https://user:hush-hush@collector:4317")], "Telemetry:Otlp:Endpoint", "\"https://***@collector:4317\"", "without user and password"),
        ["a password inside the CRM's address"] = new([("Crm:Http:BaseUrl", "https://user:hush-hush@crm.example/")], "Crm:Http:BaseUrl", "\"https://***@crm.example/\"", "neither a query nor a name and password."),
        ["one role with the embedded transport"] = new([("Roles:0", "Intake")], "Roles", "with Broker:Transport Embedded one instance does everything"),
        ["pages for everybody without tokens"] = new([("Operations:Url", "http://0.0.0.0:9090")], "Operations:Url", "is not a loopback address: it needs Operations:Tokens."),
        ["a connection string without a host"] = new([("State:Provider", "Postgres"), ("State:ConnectionString", "Username=bridge;Password=hush-hush")], "State:ConnectionString", "***", "must name a Host."),
    };

    /// <summary>Seeds that only trying shows: what is changed, and what one line of doctor then says.</summary>
    private static readonly Dictionary<string, (Action<DoctorHost> Seed, string[] Says)> Chain = new(StringComparer.Ordinal)
    {
        ["a wrong secret"] = (host => host.Settings[$"{AppPath}:Secret"] = "another-secret", ["fault", "token", "acme/contact", "40001", "Secret"]),
        ["a wrong CorpId"] = (host => host.Settings["Wecom:Corps:acme:CorpId"] = "ww0000000000000000", ["fault", "token", "acme/contact", "40013"]),
        ["an address that WeCom does not trust"] = (host => host.App.AddressTrusted = false, ["fault", "token", "60020", "Add 203.0.113.7 to the app's trusted addresses"]),
        ["an app that may not call the customer API"] = (host => host.App.CustomerApiAllowed = false, ["fault", "rights", "externalcontact/get_follow_user_list", "48002", "可调用接口的应用"]),
        ["another AES key than the running service has"] = (host => host.Settings[$"{AppPath}:Keys:0:EncodingAesKey"] = OtherKey, ["fault", "address", "answered 403", "EncodingAesKey"]),
        ["another receiver id than CorpId"] = (host => host.Settings[$"{AppPath}:ReceiverId"] = "wx-suite", ["warning", "keys", "ReceiverId is another than CorpId"]),
        ["a corp name that the running service does not know"] = (host => Rename(host.Settings, "acme", "acne"), ["fault", "address", "acne/contact", "answered 404"]),
        ["a Token that no console makes"] = (host => host.Settings[$"{AppPath}:Keys:0:Token"] = "with space", ["fault", "keys", "Token of Keys:0", "letters and digits"]),
        ["a spool that cannot be written"] = (host => host.Settings["Spool:Path"] = Path.Combine(Blocked(host), "spool.db"), ["fault", "spool", "Spool:Path", "a part of its path is a file"]),
        ["a state file that cannot be written"] = (host => host.Settings["State:ConnectionString"] = $"Data Source={Path.Combine(Blocked(host), "state.db")}", ["fault", "state", "State:ConnectionString", "a part of its path is a file"]),
        ["a state database that is away"] = (host => (host.Settings["State:Provider"], host.Settings["State:ConnectionString"]) = ("Postgres", "Host=127.0.0.1;Port=1;Username=bridge;Password=hush-hush;Timeout=2"), ["fault", "state", "State cannot be reached", "State:ConnectionString"]),
        ["a broker that is away"] = (host => (host.Settings["Broker:Transport"], host.Settings["Broker:Uri"]) = ("RabbitMq", "amqp://user:hush-hush@127.0.0.1:1/"), ["fault", "broker", "127.0.0.1:1", "The broker cannot be reached."]),
        ["a management plug-in that is away"] = (host => (host.Settings["Broker:Transport"], host.Settings["Broker:ManagementUrl"]) = ("RabbitMq", "http://user:hush-hush@127.0.0.1:1/"), ["fault", "management", "Broker:ManagementUrl gives no answer", "rabbitmq_management is enabled"]),
        ["WeCom's address led astray"] = (host => host.Settings["Wecom:ApiBaseUrl"] = "http://127.0.0.1:1/", ["fault", "clock", "127.0.0.1:1", "Wecom:ApiBaseUrl"]),
        ["a clock that is a minute late"] = (host => host.Time = new ShiftedTime(TimeSpan.FromMinutes(-1)), ["fault", "clock", "behind WeCom's", "NTP"]),
        ["a wrong password of the CRM"] = (host => host.Settings["Crm:Http:Auth:Bearer"] = "another", ["fault", "crm", "Crm:Http:Auth"]),
        ["groups outside the app's rights"] = (host => host.Simulator.Faults.Add(new FaultRule { Target = FaultTarget.Api, Pattern = WecomPaths.GroupChatList, Kind = FaultKind.ErrorCode, ErrorCode = 60011 }), ["fault", "rights", "externalcontact/groupchat/list", "60011"]),
    };

    public static TheoryData<string> OfSettings => [.. Settings.Keys];

    public static TheoryData<string> OfTheChain => [.. Chain.Keys];

    [Theory]
    [MemberData(nameof(OfSettings))]
    public async Task Config_check_names_it_in_one_line(string seed)
    {
        await using var host = await DoctorHost.StartAsync(withService: false);
        (await host.ConfigCheckAsync()).ShouldBe(new VerbResult(0, "The settings are in order.\n"));
        host.Environment = Settings[seed].Environment;
        foreach (var (key, value) in Settings[seed].Changes) host.Settings[key] = value;

        var result = await host.ConfigCheckAsync();

        result.Code.ShouldBe(Verbs.Refused);
        result.Lines.ShouldContain(line => Array.TrueForAll(Settings[seed].Says, word => line.Contains(word, StringComparison.Ordinal)), result.Output);
        result.Output.ShouldNotContain("hush-hush");
    }

    [Theory]
    [MemberData(nameof(OfTheChain))]
    public async Task Doctor_names_it_in_one_line(string seed)
    {
        await using var host = await DoctorHost.StartAsync();
        Chain[seed].Seed(host);

        var result = await host.DoctorAsync();

        result.Lines.ShouldContain(line => Array.TrueForAll(Chain[seed].Says, word => line.Contains(word, StringComparison.Ordinal)), result.Output);
        if (Chain[seed].Says[0] == "fault") result.Code.ShouldBe(Verbs.Found);
        result.Output.ShouldNotContain("hush-hush");
    }

    [Fact]
    public async Task A_chain_in_order_is_all_well()
    {
        await using var host = await DoctorHost.StartAsync();

        var result = await host.DoctorAsync();

        result.Code.ShouldBe(0, result.Output);
        result.Lines[^1].ShouldBe("All well.");
        result.Output.ShouldContain("externalcontact/get_corp_tag_list, externalcontact/groupchat/list, externalcontact/list, externalcontact/get.");
        foreach (var check in new[] { "settings", "keys", "address", "spool", "broker", "state", "clock", "token", "rights", "crm" }) result.Lines.ShouldContain(line => line.StartsWith($"ok  {check} ", StringComparison.Ordinal), check);
    }

    [Fact]
    public async Task Faults_of_all_kinds_are_told_at_once_and_at_start_alike()
    {
        await using var host = await DoctorHost.StartAsync(withService: false);
        foreach (var (key, value) in new[] { "a word where a number belongs", "a time that is none", "a misspelt role", "a secret's variable that is not set", "a setting with a typing error" }.SelectMany(seed => Settings[seed].Changes)) host.Settings[key] = value;

        var told = JsonNode.Parse((await host.ConfigCheckAsync(asJson: true)).Output)!.AsArray().Select(fault => (string)fault!["path"]!).ToList();
        var refusal = Should.Throw<SettingsException>(() => ServiceHost.Build(host.Settings, "Development"));

        told.ShouldBe(["Work:Concurrency", "Welcome:SendWithin", "Roles:0", $"{AppPath}:Secret", "Work:Concurency"], ignoreOrder: true);
        refusal.Faults.Select(fault => fault.Path).ShouldBe(told);
        refusal.Faults.Single(fault => fault.Path == "Work:Concurency").ToString().ShouldBe("Work:Concurency is not a setting. Did you mean \"Concurrency\"?");
    }

    [Fact]
    public async Task Online_tries_what_the_settings_name_with_one_token_for_each_app()
    {
        await using var host = await DoctorHost.StartAsync(withService: false);

        var well = await host.ConfigCheckAsync(online: true);
        host.Settings["Crm:Http:Auth:Bearer"] = "another";
        var ill = await host.ConfigCheckAsync(online: true);

        well.Code.ShouldBe(0, well.Output);
        ill.Code.ShouldBe(Verbs.Found, ill.Output);
        host.Simulator.Ledger.ApiCalls.Count(call => call.Path == WecomPaths.GetToken).ShouldBe(2, "one for each run: State is not set up yet");
    }

    [Fact]
    public async Task A_service_that_does_not_run_is_named_with_its_address()
    {
        await using var host = await DoctorHost.StartAsync(withService: false);
        host.Settings["urls"] = "http://127.0.0.1:1";

        (await host.DoctorAsync()).Lines.ShouldContain(line => line.StartsWith("fault", StringComparison.Ordinal) && line.Contains("http://127.0.0.1:1/callback/acme/contact cannot be connected to. Start the service", StringComparison.Ordinal));
    }

    private static IEnumerable<(string, string?)> Subscriber(string name, string queue, string events) =>
        [($"Routing:Subscribers:{name}:Queue", queue), ($"Routing:Subscribers:{name}:Events:0", events)];

    private static void Rename(Dictionary<string, string?> settings, string from, string to)
    {
        foreach (var (key, value) in settings.Where(setting => setting.Key.Contains($":{from}:", StringComparison.Ordinal)).ToList())
        {
            settings.Remove(key);
            settings[key.Replace($":{from}:", $":{to}:", StringComparison.Ordinal)] = value;
        }
    }

    /// <summary>A file where a folder would have to be: the rights of whoever runs the tests do not matter.</summary>
    private static string Blocked(DoctorHost host)
    {
        var file = Path.Combine(host.Folder, "file");
        File.WriteAllText(file, "");
        return file;
    }

    private sealed record Seed(IReadOnlyList<(string Key, string? Value)> Changes, params string[] Says)
    {
        public string Environment { get; init; } = "Development";
    }
}
