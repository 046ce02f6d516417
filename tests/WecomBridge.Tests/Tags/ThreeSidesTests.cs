using FsCheck;
using FsCheck.Fluent;

namespace WecomBridge.Tests.Tags;

public class ThreeSidesTests
{
    /// <summary>Staff, CRM and rules make edits in any order, their events come late, twice and out of order, and the service dies anywhere.</summary>
    [Fact]
    public void Whatever_staff_CRM_and_rules_do_in_whatever_order_all_sides_agree_in_the_end_and_nothing_a_person_set_is_gone()
    {
        var step = from kind in Gen.Choose(0, 99) from who in Gen.Choose(0, 1) from what in Gen.Choose(0, 11) from when in Gen.Choose(0, 20_000) select new Edit(kind, who, what, when);
        var cases = int.TryParse(Environment.GetEnvironmentVariable("WECOMBRIDGE_TESTS_LONG"), out var isLong) && isLong == 1 ? 300 : 20;
        var (writes, edits) = (0, 0);
        Prop.ForAll(step.ListOf().Resize(60).ToArbitrary(), steps =>
        {
            var story = ThreeSides.PlayAsync(steps).GetAwaiter().GetResult();
            story.Faults.ShouldBeEmpty();
            (writes, edits) = (writes + story.Writes, edits + story.Edits);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(cases));

        edits.ShouldBeGreaterThan(100);
        writes.ShouldBeLessThanOrEqualTo((int)(edits * 1.05));
        TestContext.Current.TestOutputHelper!.WriteLine($"{writes} writes for {edits} edits in {cases} stories");
    }
}
