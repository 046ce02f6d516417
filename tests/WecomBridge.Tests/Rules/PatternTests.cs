using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using WecomBridge.Rules;

namespace WecomBridge.Tests.Rules;

public class PatternTests
{
    [Theory]
    [InlineData("store-*", "store-7", true)]
    [InlineData("store-*", "store-", true)]
    [InlineData("store-*", "astore-7", false)]
    [InlineData("*-?", "a-b-c", true)]
    [InlineData("?*", "", false)]
    [InlineData("*", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("a.c", "abc", false)]
    public void Stars_and_question_marks_are_the_only_wildcards(string pattern, string text, bool matches) => Pattern.Matches(pattern, text).ShouldBe(matches);

    [Fact]
    public void Case_matters_unless_told_otherwise()
    {
        Pattern.Matches("zhang*", "ZhangSan").ShouldBeFalse();
        Pattern.Matches("zhang*", "ZhangSan", ignoreCase: true).ShouldBeTrue();
    }

    [Fact]
    public void Any_pattern_and_text_give_what_a_regular_expression_gives()
    {
        var word = Gen.ArrayOf(Gen.Elements('a', 'b', '*', '?')).Select(letters => new string(letters));
        Prop.ForAll(word.ToArbitrary(), word.ToArbitrary(), (pattern, text) =>
            Pattern.Matches(pattern, text) == Regex.IsMatch(text, "^" + Regex.Escape(pattern).Replace("\\*", ".*").Replace("\\?", ".") + "$", RegexOptions.NonBacktracking)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_hostile_pattern_costs_no_more_than_its_length_allows() =>
        Pattern.Matches(string.Concat(Enumerable.Repeat("*a", 200)) + "b", new string('a', 20_000)).ShouldBeFalse();
}
