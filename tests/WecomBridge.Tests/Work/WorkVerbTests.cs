using System.CommandLine;
using System.Text.Json;
using WecomBridge.Operations;
using WecomBridge.State;
using WecomBridge.Tests.State;
using WecomBridge.Work;

namespace WecomBridge.Tests.Work;

public sealed class WorkVerbTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Past = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    private StateFile _state = null!;

    public async ValueTask InitializeAsync()
    {
        _state = await StateFile.CreateAsync();
        foreach (var (lane, corp, key) in new[] { (WorkLane.Tags, "acme", "a"), (WorkLane.Tags, "other", "b"), (WorkLane.Profiles, "acme", "c") }) await ParkAsync(new WorkKey(lane, corp, key));
        await _state.WriteAsync(session => WorkStore.MarkAsync(session, new WorkKey(WorkLane.Tags, "acme", "due"), "contact", Past, Guid.NewGuid(), Past, "a note"));
    }

    public ValueTask DisposeAsync() => _state.DisposeAsync();

    [Fact]
    public async Task Parked_work_is_listed_for_people_with_reason_and_remedy()
    {
        var (code, text) = await RunAsync("work", "list");

        code.ShouldBe(0);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(4);
        lines[0].ShouldStartWith("LANE");
        lines.ShouldContain(line => line.Contains("tags") && line.Contains("other") && line.Contains("Rejected 40035. Mend it."));
        text.ShouldNotContain("a note");
    }

    [Fact]
    public async Task Due_work_is_listed_for_programs()
    {
        var (code, text) = await RunAsync("work", "list", "--due", "--json");

        code.ShouldBe(0);
        var piece = JsonDocument.Parse(text).RootElement.EnumerateArray().ShouldHaveSingleItem();
        (piece.GetProperty("lane").GetString(), piece.GetProperty("corp").GetString(), piece.GetProperty("key").GetString(), piece.GetProperty("state").GetString()).ShouldBe(("tags", "acme", "due", "due"));
    }

    [Fact]
    public async Task A_filter_and_a_maximum_hold()
    {
        (await RunAsync("work", "list", "--all", "--lane", "tags", "--corp", "acme")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
        (await RunAsync("work", "list", "--all", "--max", "1")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        (await RunAsync("work", "list", "--corp", "nobody")).Text.ShouldBe("No such work.\n");
    }

    [Fact]
    public async Task Parked_work_is_freed_by_filter_or_all_while_the_database_is_in_use()
    {
        (await RunAsync("work", "retry", "--lane", "tags", "--corp", "acme")).ShouldBe((0, "Due again: 1\n"));
        (await RunAsync("work", "retry", "--all")).ShouldBe((0, "Due again: 2\n"));
        (await RunAsync("work", "retry", "--all")).ShouldBe((0, "Due again: 0\n"));

        (await _state.WriteAsync(session => WorkStore.ClaimAsync(session, WorkLane.Tags, "one", 9, DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1)))).Count.ShouldBe(3);
    }

    [Fact]
    public async Task How_much_there_is_of_a_kind_is_counted()
    {
        var (code, text) = await RunAsync("work", "list", "--all", "--grouped");

        (code, text).ShouldBe((0, """
            LANE      CORP   STATE   COUNT  REASON
            profiles  acme   parked  1      Rejected 40035
            tags      acme   parked  1      Rejected 40035
            tags      acme   due     1
            tags      other  parked  1      Rejected 40035

            """.ReplaceLineEndings("\n")));
    }

    [Fact]
    public async Task All_work_about_one_key_is_shown_and_where_there_is_none_the_exit_code_says_so()
    {
        var (code, text) = await RunAsync("work", "show", "--corp", "acme", "--key", "a");

        code.ShouldBe(0);
        JsonDocument.Parse(text).RootElement.EnumerateArray().ShouldHaveSingleItem().GetProperty("remedy").GetString().ShouldBe("Mend it.");
        (await RunAsync("work", "show", "--corp", "acme", "--key", "nobody")).Code.ShouldBe(Verbs.Found);
    }

    [Fact]
    public async Task Parked_work_is_discarded_with_a_reason_that_the_audit_list_keeps()
    {
        (await RunAsync("work", "discard", "--lane", "tags", "--corp", "acme", "--reason", "left the company")).ShouldBe((0, "Discarded: 1\n"));

        (await RunAsync("work", "list", "--grouped")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
        var (_, audit) = await RunAsync("audit", "list");
        audit.ShouldContain("work discard  lane tags, corp acme  1        left the company");
        (await RunAsync("work", "list", "--due")).Text.ShouldContain("due");
    }

    [Theory]
    [InlineData("work discard --all")]
    [InlineData("work show --key a")]
    [InlineData("work retry")]
    [InlineData("work retry --all --lane tags")]
    [InlineData("work list --due --parked")]
    [InlineData("work list --max 0")]
    public void What_is_half_said_is_not_done(string arguments) => Verbs.Root().Parse(arguments).Errors.ShouldNotBeEmpty();

    [Fact]
    public async Task Where_there_is_no_State_none_is_made()
    {
        var nowhere = Path.Combine(Path.GetDirectoryName(_state.Path)!, "nowhere.db");

        (await Verbs.Root().Parse(["work", "retry", "--all", $"--State:ConnectionString=Data Source={nowhere}"]).InvokeAsync()).ShouldBe(Verbs.Refused);

        File.Exists(nowhere).ShouldBeFalse();
    }

    private async Task<(int Code, string Text)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var code = await Verbs.Root().Parse([.. arguments, $"--State:ConnectionString=Data Source={_state.Path}"]).InvokeAsync(new InvocationConfiguration { Output = output });
        return (code, output.ToString());
    }

    private async Task ParkAsync(WorkKey key)
    {
        await _state.WriteAsync(session => WorkStore.MarkAsync(session, key, "contact", Past, Guid.NewGuid(), Past));
        var item = (await _state.WriteAsync(session => WorkStore.ClaimAsync(session, key.Lane, "one", 1, Past, TimeSpan.FromMinutes(1)))).Single();
        await _state.WriteAsync(session => WorkStore.ParkAsync(session, item, "Rejected 40035", "Mend it.", Past));
    }
}
