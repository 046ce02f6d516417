using WecomBridge.Profiles;
using WecomBridge.State;

namespace WecomBridge.Tests.Profiles;

public sealed class FieldRulesTests
{
    private static readonly DateTimeOffset Added = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Theory]
    // written, intended, standing: holder
    [InlineData(null, null, "", "Nobody")]
    [InlineData(null, null, "x", "Staff")]
    [InlineData("a", null, "a", "Bridge")]
    [InlineData("a", null, "x", "Staff")]
    [InlineData("a", null, "", "Staff")]
    [InlineData("a", "b", "b", "Bridge")]
    [InlineData("a", "b", "a", "Bridge")]
    [InlineData("a", "b", "x", "Staff")]
    [InlineData(null, "b", "", "Nobody")]
    [InlineData(null, "b", "b", "Bridge")]
    [InlineData(null, "b", "x", "Staff")]
    public void What_stands_is_ours_only_when_we_wrote_it_and_nobody_has_touched_it(string? written, string? intended, string standing, string holder) =>
        FieldRules.HolderOf(Entry(written, intended), standing, standing.Length == 0, Added).ToString().ShouldBe(holder);

    [Fact]
    public void What_a_person_emptied_is_free_again_once_the_two_are_added_anew() =>
        FieldRules.HolderOf(Entry("a", null), "", isFree: true, Added.AddDays(1)).ShouldBe(FieldHolder.Nobody);

    [Theory]
    [InlineData("EmptyOrOurs", null, "", "b")]
    [InlineData("EmptyOrOurs", "a", "a", "b")]
    [InlineData("EmptyOrOurs", "a", "x", null)]
    [InlineData("EmptyOrOurs", "b", "b", null)]
    [InlineData("Empty", null, "", "b")]
    [InlineData("Empty", "a", "a", null)]
    [InlineData("Never", null, "", null)]
    [InlineData("Never", "a", "a", null)]
    public void The_setting_says_when(string when, string? written, string standing, string? writes) =>
        FieldRules.Plan(Entry(written, null), standing, standing.Length == 0, Added, "b", Enum.Parse<FieldWriting>(when)).Write.ShouldBe(writes);

    [Fact]
    public void Nothing_of_ours_is_emptied() => FieldRules.Plan(Entry("a", null), "a", isFree: false, Added, "", FieldWriting.EmptyOrOurs).Write.ShouldBeNull();

    [Fact]
    public void An_intent_that_stands_is_settled() =>
        FieldRules.Plan(Entry("a", "b"), "b", isFree: false, Added, "b", FieldWriting.EmptyOrOurs).ShouldBe(new TextPlan(FieldHolder.Bridge, Write: null, RelationFieldLedger.PrintOf("b")));

    [Theory]
    [InlineData(20, "一二三四五六七八九十一二三四五六七八九十一", 20, 60)]
    [InlineData(20, "😀😀😀😀😀😀😀😀😀😀😀", 20, 40)]
    [InlineData(150, "", 0, 0)]
    public void A_limit_holds_for_every_reading_of_a_character(int max, string name, int units, int bytes)
    {
        var text = new FieldText("{{crm.name}}", max).Render(new Dictionary<string, string> { ["name"] = name });

        text.Length.ShouldBe(units);
        System.Text.Encoding.UTF8.GetByteCount(text).ShouldBe(bytes);
    }

    private static WrittenField? Entry(string? written, string? intended) =>
        written is null && intended is null ? null : new WrittenField(new RelationKey("acme", "zhang", "wm1"), RelationField.Remark, Print(written), Print(intended), Added);

    private static string? Print(string? text) => text is null ? null : RelationFieldLedger.PrintOf(text);
}
