using Microsoft.Extensions.DependencyInjection;
using WecomBridge.Crm;
using WecomBridge.Tests.Operations;

namespace WecomBridge.Tests.Crm;

public class CrmOptionsTests
{
    private static readonly (string, string?)[] Good =
    [
        ("Crm:Provider", "Http"), ("Crm:Http:BaseUrl", "https://crm.example/api/"), ("Crm:Http:Auth:Bearer", "inline"),
        ("Crm:Http:FindByUnionId", "customers?unionid={unionId}"), ("Crm:Http:Fields:id", "/0/id"),
    ];

    [Fact]
    public void Good_settings_have_no_fault() => Faults().ShouldBeEmpty();

    [Fact]
    public void No_crm_needs_no_settings() => SettingsCheck.Faults<CrmOptions>(s => s.AddCrm(), "Production").ShouldBeEmpty();

    [Theory]
    [InlineData("Crm:Http:BaseUrl", "http://crm.example/")]
    [InlineData("Crm:Http:BaseUrl", "https://crm.example/api")]
    [InlineData("Crm:Http:BaseUrl", "https://name:password@crm.example/")]
    [InlineData("Crm:Http:FindByUnionId", "https://elsewhere.example/{unionId}")]
    [InlineData("Crm:Http:FindByUnionId", "//elsewhere.example/{unionId}")]
    [InlineData("Crm:Http:FindByUnionId", "../{unionId}")]
    [InlineData("Crm:Http:FindByUnionId", "customers")]
    [InlineData("Crm:Http:FindByUnionId", "{unionId}/{name}")]
    [InlineData("Crm:Http:FindByMobile", "customers?unionid={unionId}")]
    [InlineData("Crm:Http:Fields:name", "name")]
    [InlineData("Crm:Http:Timeout", "00:01:00")]
    [InlineData("Crm:Http:Retries", "3")]
    public void Each_fault_names_its_key(string key, string value) => Faults((key, value)).ShouldHaveSingleItem().ShouldStartWith(key);

    [Fact]
    public void The_provider_chooses_the_client()
    {
        using var provider = SettingsCheck.Provider(s => s.AddCrm(), "Production");

        provider.GetRequiredService<ICrmClient>().ShouldBeOfType<NoCrmClient>();
    }

    private static IReadOnlyList<string> Faults(params (string, string?)[] changes) => SettingsCheck.Faults<CrmOptions>(s => s.AddCrm(), "Development", [.. Good, .. changes]);
}
