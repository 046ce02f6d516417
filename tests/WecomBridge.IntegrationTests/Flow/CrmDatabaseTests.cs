using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Extensions.Configuration;
using Npgsql;
using WecomBridge.Contracts;
using WecomBridge.Crm;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.State;
using WecomBridge.Work;

namespace WecomBridge.IntegrationTests.Flow;

/// <summary>The pages' example of a CRM in PostgreSQL, held against a real one.</summary>
public sealed partial class CrmDatabaseTests(PostgresServer postgres)
{
    private const string Customer = "wm-sql-1";

    [Theory]
    [InlineData("crm.md")]
    [InlineData("crm.zh.md")]
    public async Task The_shown_settings_find_and_write_a_customer(string page)
    {
        var connection = await postgres.CreateDatabaseAsync();
        await using var crm = new NpgsqlConnection(connection);
        await crm.ExecuteAsync(
            "CREATE TABLE customers (id BIGINT PRIMARY KEY, name TEXT, level TEXT, union_id TEXT, mobile TEXT, wecom_id TEXT, wecom_staff TEXT, wecom_tags TEXT[]); INSERT INTO customers (id, name, level, union_id, mobile) VALUES (7, 'Lin', 'gold', 'u''1', '1'), (8, 'Ann', 'new', 'u2', '1')");
        await using var world = await World.StartAsync();
        var bridge = await world.StartBridgeAsync(world.Settings(more: [.. Example(page), ("Crm:Sql:ConnectionString", connection), ("Crm:Sql:Write:CheckAfter", "00:00:01")]));
        var client = bridge.Get<ICrmClient>();

        var match = (await client.FindAsync(new CrmQuery { ExternalUserId = Customer, UnionId = "u'1" }, CancellationToken.None)).Match.ShouldNotBeNull();
        (match.Id, match.Fields["level"], match.Source).ShouldBe(("7", "gold", "sql"));
        (await client.FindAsync(new CrmQuery { ExternalUserId = Customer, Mobiles = ["1"] }, CancellationToken.None)).Result.ShouldBe(CrmResult.Several);
        (await client.FindAsync(new CrmQuery { ExternalUserId = Customer, UnionId = "' OR 1=1 --" }, CancellationToken.None)).Result.ShouldBe(CrmResult.Nobody);

        world.WecomCorp.Put(new Simulator.Platform.SimulatedStaff("zhang", "Zhang"));
        world.WecomCorp.Customers.Put(new Simulator.Platform.SimulatedCustomer(Customer, "Lin") { UnionId = "u'1" });
        await world.WecomCorp.Customers.Add("zhang", Customer, new Simulator.Platform.AddDetails { State = "expo-1" }).Delivered;
        await KnowAsync(bridge, "It's", "VIP");
        await Eventually.BecomesTrueAsync(
            "the row holds what WeCom knows", async () => await crm.QuerySingleAsync<string>("SELECT concat_ws('|', wecom_id, wecom_staff) FROM customers WHERE id = 7") == Customer + "|zhang");
        await Eventually.BecomesTrueAsync(
            "nothing is left to do", async () => await bridge.Get<IStateDatabase>().ReadAsync(session => WorkStore.CountAsync(session, WorkLane.Crm, DateTimeOffset.UtcNow), CancellationToken.None) is { Due: 0, Later: 0, Running: 0, Parked: 0 });
    }

    /// <summary>Tags as they stand on the relation.</summary>
    private static Task KnowAsync(Bridge bridge, params string[] tags) => bridge.Get<IStateDatabase>().WriteAsync(
        async session =>
        {
            var now = DateTimeOffset.UtcNow;
            await RelationTagStore.PutAsync(session, new RelationTags(new RelationKey(World.Corp, "zhang", Customer), [.. tags.Select(tag => new StandingTag("et-" + tag, "Stage", tag, TagOwners.Manual))], [], now));
            await bridge.Get<CrmWriteBack>().MarkAsync(session, World.Corp, World.App, Customer, Guid.NewGuid(), now);
        },
        CancellationToken.None);

    private static (string, string?)[] Example(string page)
    {
        Environment.SetEnvironmentVariable("CRM_CONNECTION", "");
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "WecomBridge.sln"))) folder = folder.Parent!;
        var block = Block().Matches(File.ReadAllText(Path.Combine(folder.FullName, "docs", page))).Select(match => match.Groups["text"].Value).Single(text => text.Contains("\"Postgres\"", StringComparison.Ordinal));
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(block));
        return [.. new ConfigurationBuilder().AddJsonStream(text).Build().AsEnumerable().Where(setting => setting.Value is not null).Select(setting => (setting.Key, setting.Value))];
    }

    [GeneratedRegex("^```json\n(?<text>.*?)^```$", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Block();
}
