using System.CommandLine;
using System.Text.Json;
using WecomBridge.Operations;

namespace WecomBridge.Tests.Routing;

public sealed class RoutesVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wb-routes-").FullName;

    [Fact]
    public async Task Says_whom_an_event_reaches_and_why_not_the_others()
    {
        var (code, text) = await RunAsync("--corp", "acme", "--event", "customer.added", "--state", "store-7", "--staff", "zhang", "--customer", "wm1");

        code.ShouldBe(0);
        var lines = text.Split('\n');
        lines[0].ShouldStartWith("customer.added of corp acme, on wecom.events as v1.acme.customer.added.p");
        lines.ShouldContain(line => line.StartsWith("sales ") && line.Contains("yes") && line.Contains("crm.sales.customers"));
        lines.ShouldContain(line => line.StartsWith("stores ") && line.Contains("yes") && line.Contains("crm.sales.stores."));
        lines.ShouldContain(line => line.StartsWith("groups ") && line.Contains("no") && line.Contains("Events has no pattern for customer.added"));
        lines.ShouldContain(line => line.StartsWith("greeting store ") && line.Contains("yes"));
        lines.ShouldContain(line => line.StartsWith("greeting default ") && line.Contains("an earlier rule matches"));
        lines.ShouldContain(line => line.StartsWith("tags vip ") && line.Contains("perhaps"));
    }

    [Fact]
    public async Task Says_which_condition_fails()
    {
        (await RunAsync("--corp", "acme", "--event", "customer.added", "--state", "expo", "--customer", "wm1")).Text.ShouldContain("When: State 'expo' is not among store-*");
        (await RunAsync("--corp", "acme", "--event", "customer.added", "--customer", "wm1")).Text.ShouldContain("When: the event carries no State");

        var lines = (await RunAsync("--corp", "acme", "--event", "customer.added", "--state", "expo", "--customer", "wm1")).Text.Split('\n');
        lines.ShouldContain(line => line.StartsWith("greeting store ") && line.Contains("When: State 'expo' is not among store-*"));
    }

    [Fact]
    public async Task Takes_an_event_as_it_was_published_and_answers_programs()
    {
        var file = Path.Combine(_folder, "event.json");
        await File.WriteAllBytesAsync(file, RoutingEvents.Added(state: "store-1").Body.ToArray());

        var (code, text) = await RunAsync("--event-file", file, "--json");

        code.ShouldBe(0);
        var json = JsonDocument.Parse(text).RootElement;
        json.GetProperty("event").GetString().ShouldBe("customer.added");
        json.GetProperty("subscribers").EnumerateArray().Count(subscriber => subscriber.GetProperty("reached").GetBoolean()).ShouldBe(2);
    }

    [Theory]
    [InlineData("--corp", "acme", "--event", "customer.nothing")]
    [InlineData("--corp", "nobody", "--event", "customer.added")]
    public async Task An_event_or_corp_that_does_not_exist_is_refused(params string[] arguments) => (await RunAsync(arguments)).Code.ShouldBe(Verbs.Refused);

    [Theory]
    [InlineData("routes explain")]
    [InlineData("routes explain --event customer.added")]
    [InlineData("routes explain --event customer.added --corp acme --event-file x.json")]
    public void What_is_half_said_is_not_explained(string arguments) => Verbs.Root().Parse(arguments).Errors.ShouldNotBeEmpty();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<(int Code, string Text)> RunAsync(params string[] arguments)
    {
        var settings = RoutingOptionsTests.Settings(
            ("Routing:Subscribers:stores:Queue", "crm.sales.stores"), ("Routing:Subscribers:stores:Events:0", "customer.added"), ("Routing:Subscribers:stores:When:State:0", "store-*"), ("Routing:Subscribers:stores:Partitions", "4"),
            ("Routing:Subscribers:groups:Queue", "crm.service.groups"), ("Routing:Subscribers:groups:Events:0", "group.*"),
            ("Welcome:Rules:0:Name", "store"), ("Welcome:Rules:0:When:State:0", "store-*"), ("Welcome:Rules:0:Text", "Hi"), ("Welcome:Rules:1:Name", "default"), ("Welcome:Rules:1:Text", "Hello"),
            ("Tags:Groups:Channel:Owner", "Rule"), ("Tags:Groups:Channel:Tags:0", "Vip"), ("Tags:Rules:0:Name", "vip"), ("Tags:Rules:0:When:AddWay:0", "qr_code"), ("Tags:Rules:0:Add:0", "Channel/Vip"));
        var file = Path.Combine(_folder, "settings.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(settings));
        Environment.SetEnvironmentVariable("ROUTES_SECRET", new string('a', 43));
        using var output = new StringWriter { NewLine = "\n" };
        string[] secrets = ["--Wecom:Corps:acme:Apps:contact:Secret=env:ROUTES_SECRET", "--Wecom:Corps:acme:Apps:contact:Keys:0:Token=env:ROUTES_SECRET", "--Wecom:Corps:acme:Apps:contact:Keys:0:EncodingAesKey=env:ROUTES_SECRET"];
        var code = await Verbs.Root().Parse(["routes", "explain", .. arguments, "--config", file, .. secrets]).InvokeAsync(new InvocationConfiguration { Output = output });
        return (code, output.ToString().Replace("\r", "", StringComparison.Ordinal));
    }
}
