using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using WecomBridge.Crm;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Crm;

public sealed class SqlCrmConnectorTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wecombridge-crm-");
    private readonly ManualTimeProvider _time = new();
    private readonly List<SqlCrmConnector> _connectors = [];

    private string File => $"Data Source={Path.Combine(_folder.FullName, "crm.db")};Pooling=False";

    public async ValueTask InitializeAsync()
    {
        await using var crm = new SqliteConnection(File);
        await crm.ExecuteAsync(
            """
            CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, union_id TEXT, mobile TEXT, since TEXT, orders INTEGER, wecom_id TEXT, tags TEXT, touched TEXT);
            INSERT INTO customers (id, name, union_id, mobile, since, orders) VALUES (7, 'Lin', 'u1', '1', '2026-01-02', 3), (8, 'Twin', 'u2', '2', NULL, NULL), (9, 'Twin', 'u2', '3', NULL, NULL);
            """);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connector in _connectors) await connector.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Columns_become_facts_and_empty_ones_are_left_out()
    {
        var match = (await Client().FindAsync(By("u1"), default)).Match.ShouldNotBeNull();

        match.Id.ShouldBe("7");
        match.Source.ShouldBe("sql");
        match.Fields.ShouldBe(new Dictionary<string, string> { ["id"] = "7", ["name"] = "Lin", ["since"] = "2026-01-02", ["orders"] = "3" }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("nobody", nameof(CrmResult.Nobody))]
    [InlineData("u2", nameof(CrmResult.Several))]
    [InlineData("x' OR '1'='1", nameof(CrmResult.Nobody))]
    [InlineData("'; DROP TABLE customers; --", nameof(CrmResult.Nobody))]
    public async Task A_value_is_only_ever_a_value(string unionId, string result)
    {
        (await Client().FindAsync(By(unionId), default)).Result.ToString().ShouldBe(result);
        (await Client().FindAsync(By("u1"), default)).Result.ShouldBe(CrmResult.One);
    }

    [Fact]
    public async Task A_write_is_one_statement_with_the_templates_as_parameters()
    {
        var client = Client();
        var write = client.Prepare("7", new CrmContent { ExternalUserId = "wm'1", Status = "added", Tags = new Dictionary<string, IReadOnlyList<string>> { ["Stage"] = ["VIP", "It's"] } }).ShouldNotBeNull();

        await client.WriteAsync(write, "key-1", default);
        await client.WriteAsync(write, "key-1", default);

        await using var crm = new SqliteConnection(File);
        (await crm.QuerySingleAsync<(string, string, string)>("SELECT wecom_id, tags, touched FROM customers WHERE id = 7")).ShouldBe(("wm'1", "VIP, It's", "key-1"));
    }

    [Theory]
    [InlineData("SELECT id FROM canary WHERE x = @unionId", nameof(WecomFailure.Rejected))]
    [InlineData("SELECT name FROM customers WHERE union_id = @unionId", nameof(WecomFailure.Rejected))]
    public async Task A_statement_that_does_not_fit_is_one_clear_failure(string statement, string failure)
    {
        var client = Client(sql => sql.FindByUnionId = statement);

        var thrown = await Should.ThrowAsync<CrmException>(() => client.FindAsync(By("u1"), default));

        thrown.Failure.ToString().ShouldBe(failure);
        thrown.ToString().ShouldNotContain("canary");
    }

    [Fact]
    public async Task A_locked_file_is_waited_for_no_longer_than_the_time_out()
    {
        await using var other = new SqliteConnection(File);
        await other.OpenAsync();
        await other.ExecuteAsync("BEGIN EXCLUSIVE");
        var client = Client(sql => sql.Timeout = TimeSpan.FromSeconds(1));

        (await Should.ThrowAsync<CrmException>(() => client.WriteAsync(client.Prepare("7", new CrmContent { ExternalUserId = "wm1", Status = "added" })!, "key", default))).Failure.ShouldBe(WecomFailure.Transient);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_no_crm_that_knows_nobody()
    {
        var missing = Path.Combine(_folder.FullName, "none.db");
        var client = Client(sql => sql.ConnectionString = $"Data Source={missing}");

        (await Should.ThrowAsync<CrmException>(() => client.FindAsync(By("u1"), default))).Failure.ShouldBe(WecomFailure.Transient);
        System.IO.File.Exists(missing).ShouldBeFalse();
    }

    [Fact]
    public async Task A_write_that_changes_no_row_has_no_record_any_more()
    {
        var client = Client();

        (await Should.ThrowAsync<CrmException>(() => client.WriteAsync(client.Prepare("77", new CrmContent { ExternalUserId = "wm1", Status = "added" })!, "key", default))).Failure.ShouldBe(WecomFailure.Gone);
    }

    private static CrmQuery By(string unionId) => new() { ExternalUserId = "wm1", UnionId = unionId };

    private CrmClient Client(Action<SqlCrmOptions>? change = null)
    {
        var options = new CrmOptions
        {
            Provider = CrmProvider.Sql,
            Sql = new SqlCrmOptions
            {
                Provider = SqlCrmProvider.Sqlite,
                ConnectionString = File,
                FindByUnionId = "SELECT id, name, since, orders, tags FROM customers WHERE union_id = @unionId",
                Fields = { ["id"] = "id", ["name"] = "name", ["since"] = "since", ["orders"] = "orders", ["tags"] = "tags" },
                Write = { Statement = "UPDATE customers SET wecom_id = @wecomId, tags = @tags, touched = @idempotencyKey WHERE id = @id", Set = { ["wecomId"] = "{{customer.externalUserId}}", ["tags"] = "{{group.Stage}}" } },
            },
        };
        change?.Invoke(options.Sql);
        var connector = new SqlCrmConnector(Options.Create(options));
        _connectors.Add(connector);
        return CrmClients.Of(options, connector, _time);
    }
}
