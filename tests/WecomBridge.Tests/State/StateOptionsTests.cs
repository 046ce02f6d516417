using WecomBridge.State;

namespace WecomBridge.Tests.State;

public class StateOptionsTests
{
    [Theory]
    [InlineData("Sqlite", "Data Source=data/state.db", true)]
    [InlineData("Sqlite", "Data Source=:memory:", false)]
    [InlineData("Sqlite", "Data Source=x;Mode=Memory", false)]
    [InlineData("Sqlite", "Host=db;Password=hidden", false)]
    [InlineData("Sqlite", "env:WECOMBRIDGE_NO_SUCH_VARIABLE", false)]
    [InlineData("Postgres", "Host=db;Database=bridge;Username=u;Password=hidden", true)]
    [InlineData("Postgres", "Database=bridge;Password=hidden", false)]
    [InlineData("Postgres", "Password=hidden;Nonsense=1", false)]
    [InlineData("Postgres", "file:/no/such/file", false)]
    public void Only_a_string_the_provider_can_use_is_taken_and_a_fault_never_shows_it(string provider, string connectionString, bool valid)
    {
        var result = new StateConnectionStringValidator().Validate(null, new StateOptions { Provider = Enum.Parse<StateProvider>(provider), ConnectionString = connectionString });
        result.Succeeded.ShouldBe(valid);
        if (valid) return;
        result.FailureMessage!.ShouldContain("State:ConnectionString");
        result.FailureMessage!.ShouldNotContain("hidden");
    }
}
