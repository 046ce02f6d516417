using WecomBridge.State;

namespace WecomBridge.Tests.State;

public sealed class OperatorActsTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Theory]
    [InlineData("UPDATE operator_acts SET reason = 'another'")]
    [InlineData("DELETE FROM operator_acts")]
    public async Task What_stands_in_the_list_can_be_neither_changed_nor_deleted(string sql)
    {
        await using var state = await StateFile.CreateAsync();
        var act = new OperatorAct(Guid.NewGuid(), Now, "ops@here", "dlq discard", "everything", "test data");
        await state.WriteAsync(session => OperatorActs.BeginAsync(session, act));

        (await Should.ThrowAsync<Exception>(() => state.WriteAsync(session => session.ExecuteAsync(sql)))).ToString().ShouldContain("append-only");

        (await state.ReadAsync(session => OperatorActs.ListAsync(session, 10))).ShouldHaveSingleItem().ShouldBe(act);
    }

    [Fact]
    public async Task An_act_that_broke_off_stands_there_as_not_ended()
    {
        await using var state = await StateFile.CreateAsync();
        await Should.ThrowAsync<InvalidOperationException>(() => WecomBridge.Operations.VerbAct.RunAsync(state, new ManualTimeProvider(Now), "replay", "everything", null, () => throw new InvalidOperationException("broken off"), default));

        (await state.ReadAsync(session => OperatorActs.ListAsync(session, 10))).ShouldHaveSingleItem().Affected.ShouldBeNull();
    }
}
