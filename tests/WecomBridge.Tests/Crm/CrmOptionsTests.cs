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

    [Theory]
    [InlineData("Crm:Http:AllowedHosts:0", "https://crm.example/")]
    [InlineData("Crm:Http:Headers:Content-Type", "text/plain")]
    [InlineData("Crm:Http:Headers:X-Tenant", "env:WECOMBRIDGE_NOT_SET")]
    [InlineData("Crm:Http:Auth:ApiKey:Value", "two kinds")]
    [InlineData("Crm:Http:FindByExternalUserId", "customers/{id}")]
    [InlineData("Crm:Http:FindByMemberNumber", "customers/{memberNumber}")]
    [InlineData("Crm:Http:FindByUnionId", "POST customers/search {unionId}")]
    [InlineData("Crm:Http:Total", "total")]
    [InlineData("Crm:Http:NextPage", "next")]
    [InlineData("Crm:Http:StaleFor", "2.00:00:00")]
    [InlineData("Crm:Http:Write:Set:tags", "{{tags.text}}")]
    [InlineData("Crm:Http:Write:Set:/tags", "{{tags.all}}")]
    [InlineData("Crm:Http:Write:Set:/tags", "{{#each tags}}")]
    [InlineData("Crm:Http:Write:Check:stage", "{{tags.text}}")]
    [InlineData("Crm:Http:Write:CheckAfter", "00:00:00")]
    [InlineData("Crm:Http:Write:ContentType", "json")]
    [InlineData("Crm:Http:Write:KeyHeader", "no header")]
    [InlineData("Crm:MemberNumber:State", "member-*")]
    public void Each_fault_of_writing_auth_and_paging_names_its_section(string key, string value) =>
        Faults((key, value)).ShouldContain(fault => key.StartsWith(fault.Split(' ')[0], StringComparison.Ordinal) || fault.StartsWith(key, StringComparison.Ordinal));

    [Theory]
    [InlineData("GET customers/{id}")]
    [InlineData("customers/{id}")]
    [InlineData("PATCH https://elsewhere.example/{id}")]
    [InlineData("PATCH customers/{externalUserId}")]
    public void A_write_goes_below_the_address_and_nowhere_else(string request) =>
        Faults(("Crm:Http:Write:Request", request), ("Crm:Http:Write:Set:/tags", "{{tags.list}}")).ShouldHaveSingleItem().ShouldStartWith("Crm:Http:Write:Request");

    [Theory]
    [InlineData("https://elsewhere.example/token", "Crm:Http:Auth:OAuth2:TokenUrl")]
    [InlineData("http://crm.example/token", "Crm:Http:Auth:OAuth2:TokenUrl")]
    [InlineData("https://crm.example/token", null)]
    public void Tokens_come_from_a_host_that_may_be_called(string url, string? fault)
    {
        var faults = Faults(("Crm:Http:Auth:Bearer", null), ("Crm:Http:Auth:OAuth2:TokenUrl", url), ("Crm:Http:Auth:OAuth2:ClientId", "bridge"), ("Crm:Http:Auth:OAuth2:ClientSecret", "secret-CANARY"));

        string.Join(' ', faults).ShouldNotContain("CANARY");
        if (fault is null) faults.ShouldBeEmpty();
        else faults.ShouldHaveSingleItem().ShouldStartWith(fault);
    }

    [Theory]
    [InlineData("Crm:Sql:ConnectionString", "Port=CANARY", "Crm:Sql:ConnectionString")]
    [InlineData("Crm:Sql:ConnectionString", null, "Crm:Sql:ConnectionString")]
    [InlineData("Crm:Sql:FindByUnionId", "SELECT 1", "Crm:Sql:FindByUnionId")]
    [InlineData("Crm:Sql:Write:Set:id", "{{crm.id}}", "Crm:Sql:Write:Set:id")]
    [InlineData("Crm:Sql:Write:Create", "INSERT", "Crm:Sql:Write:Create")]
    [InlineData("Crm:Sql:Write:Statement", "UPDATE c SET n = 1", "Crm:Sql:Write:Statement")]
    [InlineData("Crm:Sql:Write:Statement", "UPDATE c SET n = @name WHERE id = @ID", "Crm:Sql:Write:Statement")]
    public void Each_fault_of_a_database_names_its_key(string key, string? value, string named)
    {
        (string, string?)[] good = [("Crm:Provider", "Sql"), ("Crm:Sql:ConnectionString", "Host=localhost"), ("Crm:Sql:FindByUnionId", "SELECT id FROM c WHERE u = @unionId"), ("Crm:Sql:Fields:id", "id")];
        SettingsCheck.Faults<CrmOptions>(s => s.AddCrm(), "Production", good).ShouldBeEmpty();

        var fault = SettingsCheck.Faults<CrmOptions>(s => s.AddCrm(), "Production", [.. good, (key, value)]).ShouldHaveSingleItem();

        fault.ShouldStartWith(named);
        fault.ShouldNotContain("CANARY");
    }

    [Theory]
    [InlineData("Certain", true)]
    [InlineData("Likely", false)]
    public void An_id_is_not_written_where_a_likely_match_would_be_found_by_it_as_certain(string writeTo, bool isGood)
    {
        var faults = Faults(
            ("Crm:Http:FindByExternalUserId", "customers?wecomid={externalUserId}"), ("Crm:Http:FindByMobile", "customers?mobile={mobile}"),
            ("Crm:Http:Write:Request", "PATCH customers/{id}"), ("Crm:Http:Write:Set:/wecomid", "{{customer.externalUserId}}"), ("Crm:Http:Write:WriteTo", writeTo));

        if (isGood) faults.ShouldBeEmpty();
        else faults.ShouldHaveSingleItem().ShouldStartWith("Crm:Http:Write:Set:/wecomid");
    }

    [Fact]
    public void The_provider_chooses_the_client()
    {
        using var provider = SettingsCheck.Provider(s => s.AddCrm(), "Production");

        provider.GetRequiredService<ICrmClient>().ShouldBeOfType<NoCrmClient>();
    }

    private static IReadOnlyList<string> Faults(params (string, string?)[] changes) => SettingsCheck.Faults<CrmOptions>(s => s.AddCrm(), "Development", [.. Good, .. changes]);
}
