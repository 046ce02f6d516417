using WecomBridge.State;

namespace WecomBridge.Tests.State;

public class StateMigratorTests
{
    [Fact]
    public async Task An_empty_database_reaches_the_known_version_and_a_second_run_changes_nothing()
    {
        await using var state = StateFile.CreateEmpty();
        (await MigrateAsync(state)).ShouldBe(StateMigrator.KnownVersion);
        (await MigrateAsync(state)).ShouldBe(StateMigrator.KnownVersion);
        (await state.ReadAsync(session => session.FindAsync<long>("SELECT COUNT(*) FROM schema_version"))).ShouldBe(StateMigrator.KnownVersion);
    }

    [Fact]
    public async Task A_database_of_a_later_program_is_refused_with_both_versions_named()
    {
        await using var state = await StateFile.CreateAsync();
        await state.WriteAsync(session => session.ExecuteAsync("INSERT INTO schema_version VALUES (9999, 0)"));
        var refusal = await Should.ThrowAsync<StateTooNewException>(MigrateAsync(state));
        refusal.Message.ShouldContain("9999");
        refusal.Message.ShouldContain($"up to {StateMigrator.KnownVersion}:");
    }

    private static Task<long> MigrateAsync(StateFile state) => StateMigrator.MigrateAsync(state, TimeProvider.System, CancellationToken.None);
}
