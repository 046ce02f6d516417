using WecomBridge.Profiles;
using WecomBridge.State;

namespace WecomBridge.Tests.Profiles;

public sealed class MobileRulesTests
{
    private const string Theirs = "13000000001";
    private const string Ours = "13900000002";
    private const string Newer = "13900000003";
    private static readonly DateTimeOffset Added = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Theory]
    [InlineData("13900000002", "13900000002")]
    [InlineData("13900000002, 010-12345678; +86 13900000002", "13900000002|010-12345678")]
    [InlineData("+8613900000002 13900000002", "+8613900000002")]
    [InlineData("13900000002，13900000003、13900000004", "13900000002|13900000003|13900000004")]
    [InlineData("none 12 abc13900000002", "")]
    [InlineData("", "")]
    public void Numbers_are_read_once_each_and_what_is_no_number_is_left_out(string text, string numbers) =>
        MobileRules.Read(text).ShouldBe(numbers.Split('|', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void Ours_are_added_to_those_of_staff()
    {
        var plan = Plan(entry: null, [Theirs], [Ours]);

        plan.Write.ShouldBe([Theirs, Ours]);
        plan.Ledger.ShouldBe(Prints(Ours));
        plan.Holder.ShouldBe(FieldHolder.Staff);
    }

    [Fact]
    public void Only_ours_are_taken_away_again() => Plan(Entry(Ours), [Theirs, Ours], [Newer]).Write.ShouldBe([Theirs, Newer]);

    [Fact]
    public void A_number_that_staff_wrote_stays_although_the_crm_drops_it() => Plan(entry: null, [Theirs], []).Write.ShouldBeNull();

    [Fact]
    public void A_number_that_staff_wrote_does_not_become_ours_because_the_crm_has_it_too()
    {
        Plan(entry: null, ["+86 130-0000-0001"], [Theirs]).ShouldBe(new MobilesPlan(FieldHolder.Staff, Write: null, Ledger: "", Settled: null));
    }

    [Fact]
    public void A_number_of_ours_that_staff_took_away_is_not_added_again()
    {
        var plan = Plan(Entry(Ours), [Theirs], [Ours]);

        plan.Write.ShouldBeNull();
        plan.Ledger.ShouldBe(Prints(Ours));
    }

    [Fact]
    public void Added_anew_the_two_begin_without_such_memories() =>
        MobileRules.Plan(Entry(Ours), [], Added.AddDays(1), [Ours], FieldWriting.EmptyOrOurs).Write.ShouldBe([Ours]);

    [Fact]
    public void The_last_number_is_left() => Plan(Entry(Ours), [Ours], []).Write.ShouldBeNull();

    [Fact]
    public void A_crash_between_call_and_ledger_is_told_from_a_persons_act()
    {
        var replacing = new WrittenField(Key, RelationField.Mobiles, Prints(Ours), Prints(Newer), Added);

        Plan(replacing, [Theirs, Ours], [Newer]).Write.ShouldBe([Theirs, Newer], "the call was not made");
        Plan(replacing, [Theirs, Newer], [Newer]).ShouldBe(new MobilesPlan(FieldHolder.Bridge, Write: null, Prints(Newer), Settled: Prints(Newer)), "it was made");
        Plan(replacing, [Theirs, Newer], [Ours]).Write.ShouldBe([Theirs, Ours], "what we took away may come again");
        Plan(replacing, [Theirs, Ours], [Newer]).Settled.ShouldBe(Prints(Ours), "before the next intent, what stands is noted");
    }

    [Theory]
    [InlineData("Never", "", false)]
    [InlineData("Empty", "", true)]
    [InlineData("Empty", "13000000001", false)]
    [InlineData("EmptyOrOurs", "13000000001", true)]
    public void The_setting_says_when(string when, string standing, bool writes) =>
        (MobileRules.Plan(null, standing.Length == 0 ? [] : [standing], Added, [Ours], Enum.Parse<FieldWriting>(when)).Write is not null).ShouldBe(writes);

    [Fact]
    public void Nothing_to_say_changes_nothing() => MobileRules.Plan(Entry(Ours), [Theirs, Ours], Added, wanted: null, FieldWriting.EmptyOrOurs).Write.ShouldBeNull();

    private static readonly RelationKey Key = new("acme", "zhang", "wm1");

    private static MobilesPlan Plan(WrittenField? entry, string[] standing, string[] wanted) => MobileRules.Plan(entry, standing, Added, wanted, FieldWriting.EmptyOrOurs);

    private static WrittenField Entry(params string[] numbers) => new(Key, RelationField.Mobiles, Prints(numbers), Intended: null, Added);

    private static string Prints(params string[] numbers) => string.Join(',', numbers.Select(RelationFieldLedger.PrintOfMobile).Order(StringComparer.Ordinal));
}
