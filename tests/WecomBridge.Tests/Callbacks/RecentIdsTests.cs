using WecomBridge.Callbacks;

namespace WecomBridge.Tests.Callbacks;

public sealed class RecentIdsTests
{
    [Fact]
    public void An_id_is_a_repeat_the_second_time_only()
    {
        var recent = new RecentIds(8);
        var id = Guid.NewGuid();

        (recent.Note(id), recent.Note(id), recent.Note(Guid.NewGuid())).ShouldBe((false, true, false));
    }

    [Fact]
    public void At_least_as_many_as_asked_and_at_most_twice_are_remembered()
    {
        var recent = new RecentIds(8);
        var ids = Enumerable.Range(0, 100).Select(_ => Guid.NewGuid()).ToList();
        ids.Count(recent.Note).ShouldBe(0);

        ids.TakeLast(8).ShouldAllBe(id => recent.Note(id));
        ids.Take(50).Count(recent.Note).ShouldBe(0);
    }
}
