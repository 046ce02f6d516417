using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using WecomBridge.Crm;
using WecomBridge.Simulator.Crm;
using WecomBridge.Tests.Contracts;
using WecomBridge.Tests.Crm;
using WecomBridge.Tests.Operations;
using WecomBridge.Tests.Simulator;

namespace WecomBridge.Tests.Docs;

/// <summary>The examples of the two CRM pages do what the pages say, held against the simulated CRMs. The one for PostgreSQL runs with the integration tests.</summary>
public sealed class CrmExamplesTests
{
    private const int Rest = 0;
    private const int Numbers = 1;
    private const int Writing = 2;
    private const int EspoCrm = 3;
    private const int SuiteCrm = 4;
    private const int Sqlite = 6;
    private static readonly IReadOnlyList<string> English = Blocks("crm.md");
    private static readonly IReadOnlyList<string> Chinese = Blocks("crm.zh.md");

    public CrmExamplesTests()
    {
        foreach (var name in new[] { "CRM_TOKEN", "ESPOCRM_API_KEY", "SUITECRM_CLIENT_SECRET" }) Environment.SetEnvironmentVariable(name, "crm-token");
        Environment.SetEnvironmentVariable("CRM_CONNECTION", "Host=localhost;Username=bridge;Database=crm");
    }

    [Fact]
    public void Both_pages_show_the_same_settings()
    {
        English.Count.ShouldBe(7);
        Chinese.ShouldBe(English);
    }

    [Fact]
    public void Every_example_is_a_valid_start()
    {
        foreach (var block in English) SettingsCheck.Faults<CrmOptions>(services => services.AddCrm(), "Production", [.. Flatten(block)]).ShouldBeEmpty(block);
    }

    [Theory]
    [InlineData("crm.md")]
    [InlineData("crm.zh.md")]
    public void A_page_names_every_word(string page)
    {
        var text = File.ReadAllText(RepositoryFiles.PathOf("docs", page));
        string[] words =
        [
            CrmStatuses.Added, CrmStatuses.HalfAdded, CrmStatuses.Left, CrmStatuses.Removed, "{{crm.id}}", "{{customer.externalUserId}}", "{{customer.status}}", "{{staff.text}}", "{{staff.list}}", "{{channel.state}}", "{{tags.text}}", "{{tags.list}}",
            .. Enum.GetValues<CrmKey>().Select(key => $"FindBy{key}"),
        ];

        words.Where(word => !text.Contains($"`{word}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Rest, "u1", "")]
    [InlineData(Rest, null, "13800000000")]
    [InlineData(EspoCrm, "u1", "")]
    [InlineData(EspoCrm, null, "13800000000")]
    [InlineData(SuiteCrm, "u1", "")]
    [InlineData(SuiteCrm, null, "13800000000")]
    public async Task A_customer_is_found(int example, string? unionId, string mobile)
    {
        await using var host = await StartAsync(example);
        host.Put();
        host.Put(new CrmCustomer("c2", "Ann") { UnionId = "u2", Mobile = "13900000000" });

        var match = (await host.Client.FindAsync(new CrmQuery { ExternalUserId = CrmHost.Customer, UnionId = unionId, Mobiles = [mobile] }, default)).Match.ShouldNotBeNull();

        (match.Id, match.Fields["name"], match.Fields["level"]).ShouldBe(("c1", "Lin Wei", "gold"));
        host.Put(new CrmCustomer("c3", "Twin") { UnionId = "u1", Mobile = "13800000000" });
        (await host.Client.FindAsync(new CrmQuery { ExternalUserId = CrmHost.Customer, UnionId = unionId, Mobiles = [mobile], Fresh = true }, default)).Result.ShouldBe(CrmResult.Several);
    }

    [Theory]
    [InlineData("member-10042", "Lin")]
    [InlineData("store-7", "Lin No.10042")]
    public async Task A_member_number_finds_in_a_channel_or_a_remark(string state, string remark)
    {
        await using var host = await StartAsync(Numbers);
        host.Put(new CrmCustomer("c1", "Lin Wei") { MemberNumber = "10042" });

        var match = (await host.Client.FindAsync(new CrmQuery { ExternalUserId = CrmHost.Customer, UnionId = "unknown", States = [state], Remarks = [remark] }, default)).Match.ShouldNotBeNull();

        (match.Id, match.MatchedBy, match.Confidence).ShouldBe(("c1", CrmKey.MemberNumber, CrmConfidence.Likely));
    }

    [Theory]
    [InlineData(Writing)]
    [InlineData(EspoCrm)]
    [InlineData(SuiteCrm)]
    public async Task What_WeCom_knows_is_written_and_kept(int example)
    {
        await using var host = await StartAsync(example);
        host.Put();
        await host.KnowAsync(["Channel/Store", "Lifecycle/Customer"]);
        await host.SettleAsync();
        await host.KnowAsync(["Channel/Store", "Lifecycle/VIP"]);

        await host.SettleAsync();

        host.Simulator.Crm.Find("c1").ShouldNotBeNull().ShouldSatisfyAllConditions(
            written => written.Tags.ShouldBe(["Store", "VIP"]), written => written.Owner.ShouldBe("zhang"), written => written.Status.ShouldBe("added"), written => (written.Name, written.Level).ShouldBe(("Lin Wei", "gold")));
        host.Writes.Count.ShouldBe(2);
        (await host.CountAsync()).Parked.ShouldBe(0);
    }

    [Fact]
    public async Task A_customer_whom_the_CRM_does_not_know_is_made()
    {
        await using var host = await StartAsync(Writing);
        await host.KnowAsync(["Channel/Store"]);

        await host.SettleAsync();

        var made = host.Simulator.Crm.Customers.ShouldHaveSingleItem();
        (made.ExternalUserId, made.Channel, made.Status).ShouldBe((CrmHost.Customer, "store-7", "added"));
    }

    [Fact]
    public async Task A_file_is_asked_and_written()
    {
        var folder = Directory.CreateTempSubdirectory("wecombridge-crm-");
        var connection = $"Data Source={Path.Combine(folder.FullName, "crm.db")};Pooling=False";
        await using (var crm = new SqliteConnection(connection))
        {
            await crm.ExecuteAsync("CREATE TABLE customers (id TEXT PRIMARY KEY, name TEXT, level TEXT, union_id TEXT, mobile TEXT); CREATE TABLE wecom_customers (customer_id TEXT PRIMARY KEY, channel TEXT, stage TEXT, tags TEXT); INSERT INTO customers VALUES ('c1', 'Lin Wei', 'gold', 'u1', '1')");
        }

        await using (var host = await CrmHost.StartAsync(_ => [.. Flatten(English[Sqlite]), ("Crm:Sql:ConnectionString", connection)]))
        {
            (await host.Client.FindAsync(new CrmQuery { ExternalUserId = CrmHost.Customer, Mobiles = ["1"] }, default)).Match!.Fields["level"].ShouldBe("gold");
            await host.KnowAsync(["Lifecycle/Customer"]);
            await host.SettleAsync();
            await host.KnowAsync(["Channel/Store", "Lifecycle/VIP"]);
            await host.SettleAsync();
        }

        await using (var crm = new SqliteConnection(connection))
        {
            (await crm.QuerySingleAsync<(string, string, string, string)>("SELECT customer_id, channel, stage, tags FROM wecom_customers")).ShouldBe(("c1", "store-7", "VIP", "Store, VIP"));
        }

        folder.Delete(recursive: true);
    }

    /// <summary>An example with its addresses led to the simulated CRM of its kind.</summary>
    private static Task<CrmHost> StartAsync(int example) => CrmHost.StartAsync(simulator =>
    [
        .. Flatten(English[example]).Select(setting => (setting.Item1, setting.Item2 is { } value ? Led(value, simulator) : null)),
    ]);

    private static string Led(string value, SimulatorFixture simulator) => value
        .Replace("https://crm.example/api/", simulator.Simulator.CrmBaseUrl.ToString(), StringComparison.Ordinal)
        .Replace("https://espocrm.example/api/v1/", simulator.Simulator.EspoCrmBaseUrl.ToString(), StringComparison.Ordinal)
        .Replace("https://suitecrm.example/legacy/Api/", simulator.Simulator.SuiteCrmBaseUrl.ToString(), StringComparison.Ordinal);

    private static IReadOnlyList<string> Blocks(string page) => MarkdownPages.Blocks(RepositoryFiles.PathOf("docs", page), "json");

    private static IEnumerable<(string, string?)> Flatten(string settings)
    {
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(settings));
        return [.. new ConfigurationBuilder().AddJsonStream(text).Build().AsEnumerable().Where(setting => setting.Value is not null).Select(setting => (setting.Key, setting.Value))];
    }
}
