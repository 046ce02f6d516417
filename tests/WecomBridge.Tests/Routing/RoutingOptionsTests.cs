using WecomBridge.Operations;

namespace WecomBridge.Tests.Routing;

public sealed class RoutingOptionsTests
{
    [Theory]
    [InlineData("When:Crm", "Known", "Routing:Subscribers:sales:When:Crm cannot be used here: routing knows only what the event itself carries")]
    [InlineData("When:Hours", "09:00-18:00", "Routing:Subscribers:sales:When:Hours cannot be used here")]
    [InlineData("When:Facts:All:0:Field", "level", "Routing:Subscribers:sales:When:Facts cannot be used here")]
    [InlineData("When:Stage:0", "A/B", "Routing:Subscribers:sales:When:Stage cannot be used here")]
    [InlineData("When:Origin:0", "nowhere", "Routing:Subscribers:sales:When:Origin 'nowhere' must be one of callback, derived")]
    [InlineData("When:Staff:0", "", "Routing:Subscribers:sales:When:Staff:0 is empty")]
    [InlineData("Partitions", "3", "Routing:Subscribers:sales:Partitions 3 must be one of 1, 2, 4, 8, 16")]
    [InlineData("Retention", "60.00:00:00", "Routing:Subscribers:sales:Retention")]
    [InlineData("MaxBytes", "5", "Routing:Subscribers:sales:MaxBytes")]
    [InlineData("Events:0", "customer.add", "Routing:Subscribers:sales:Events 'customer.add' is no event of the contract")]
    [InlineData("Events:0", "tags.apply", "Routing:Subscribers:sales:Events 'tags.apply' is no event of the contract")]
    [InlineData("Retntion", "1.00:00:00", "Routing:Subscribers:sales:Retntion is not a setting")]
    public void A_fault_names_its_key_and_reason(string key, string value, string fault) =>
        Faults(($"Routing:Subscribers:sales:{key}", value)).ShouldContain(text => text.Contains(fault, StringComparison.Ordinal));

    [Theory]
    [InlineData("http://user:secret@host:15672/", null)]
    [InlineData("amqp://user:secret@host/", "Broker:ManagementUrl is no address")]
    [InlineData("env:NO_SUCH_VARIABLE_7", "Broker:ManagementUrl: The environment variable NO_SUCH_VARIABLE_7 is not set.")]
    public void The_management_address_is_checked_without_being_shown(string value, string? fault)
    {
        var faults = Faults(("Broker:ManagementUrl", value));
        if (fault is null) faults.ShouldBeEmpty();
        else faults.ShouldHaveSingleItem().ShouldContain(fault);
        faults.ShouldAllBe(text => !text.Contains("secret"));
    }

    internal static Dictionary<string, string?> Settings(params (string Key, string? Value)[] more)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Broker:Transport"] = "RabbitMq",
            ["Wecom:Corps:acme:CorpId"] = "wwEXAMPLE",
            ["Wecom:Corps:acme:Apps:contact:Secret"] = "s",
            ["Wecom:Corps:acme:Apps:contact:Keys:0:Token"] = "t",
            ["Wecom:Corps:acme:Apps:contact:Keys:0:EncodingAesKey"] = new string('a', 43),
            ["Routing:Subscribers:sales:Queue"] = "crm.sales.customers",
            ["Routing:Subscribers:sales:Events:0"] = "customer.*",
        };
        foreach (var (key, value) in more) settings[key] = value;
        return settings;
    }

    private static IReadOnlyList<string> Faults(params (string Key, string? Value)[] more)
    {
        try
        {
            using var app = SettingsChecks.Require(Settings(more), "Development");
            return [];
        }
        catch (SettingsException refused)
        {
            return [.. refused.Faults.Select(fault => fault.Sentence)];
        }
    }
}
