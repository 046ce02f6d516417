using WecomBridge.State;

namespace WecomBridge.Tests.State;

public class GroupStoreTests
{
    [Fact]
    public async Task A_group_is_found_again_as_it_was_left()
    {
        await using var state = await StateFile.CreateAsync();
        await GroupSamples.RoundTripAsync(state);
    }

    private const string Upper = "wmA2GCAAAXtWyujaWJHDDGi0mACH71wA";
    private const string Lower = "wma2GCAAAXtWyujaWJHDDGi0mACH71wA";

    [Fact]
    public async Task Staff_are_the_same_in_any_case_and_customers_are_not()
    {
        await using var state = await StateFile.CreateAsync();
        await ChangeAsync(state, group =>
        {
            foreach (var id in (string[])["ZhangSan", "wong", Upper, Lower]) group.Members[id] = new GroupMember(id, GroupSamples.Now);
            return 0;
        });
        await ChangeAsync(state, group => group.Members.Remove("zhangsan"));
        await ChangeAsync(state, group => group.Members.Remove("WONG"));

        var members = (await state.ReadAsync(session => GroupStore.FindAsync(session, "acme", "wr1")))!.Members;
        members.Keys.Order(StringComparer.Ordinal).ShouldBe([Upper, Lower]);
    }

    private static Task<T> ChangeAsync<T>(StateFile state, Func<Group, T> change) => state.WriteAsync(session => GroupStore.ChangeAsync(session, "acme", "wr1", change, GroupSamples.Now));
}
