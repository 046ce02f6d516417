using WecomBridge.Rules;

namespace WecomBridge.Tests.Rules;

public class WhenMatcherTests
{
    /// <summary>A Monday.</summary>
    private static readonly DateTime Monday = new(2026, 3, 2, 12, 0, 0);

    [Fact]
    public void An_empty_condition_matches_everything() => Matches(new When()).ShouldBeTrue();

    [Fact]
    public void All_conditions_must_hold_and_any_entry_of_each_may()
    {
        Matches(new When { Corps = ["other", "acme"], State = ["expo-*", "store-*"], Staff = ["zhang*"] }).ShouldBeTrue();
        Matches(new When { Corps = ["other"], State = ["store-*"] }).ShouldBeFalse();
        Matches(new When { State = ["expo-*"], Staff = ["zhang*"] }).ShouldBeFalse();
    }

    [Fact]
    public void The_first_condition_that_fails_is_named_in_words()
    {
        Explain(new When()).ShouldBeNull();
        Explain(new When { Corps = ["other"], State = ["expo-*"] }).ShouldBe("Corps 'acme' is not among other");
        Explain(new When { Apps = ["kf"] }).ShouldBe("the event carries no Apps");
        Explain(new When { State = ["expo-*", "fair"] }).ShouldBe("State 'store-7' is not among expo-*, fair");
        Explain(new When { Staff = ["li*"] }).ShouldBe("Staff 'zhangsan' is not among li*");
        Explain(new When { Hours = "18:00-09:00" }).ShouldBe("Hours are 18:00-09:00, and it is 12:00 in the corp's time zone");
        Explain(new When { Days = ["Sat", "Sun"] }).ShouldBe("Days 'Mon' is not among Sat, Sun");
        Explain(new When { Dates = ["10-01"] }).ShouldBe("Dates '2026-03-02' is not among 10-01");

        // What would have to be looked up neither holds nor fails.
        Explain(new When { AddWay = ["qr_code"], Crm = "Known" }).ShouldBeNull();

        static string? Explain(When when) => WhenMatcher.Explain(when, new WhenSubject("acme", "store-7", "zhangsan", Monday));
    }

    [Fact]
    public void Staff_are_compared_ignoring_case_and_channels_are_not()
    {
        Matches(new When { Staff = ["ZHANGSAN"] }).ShouldBeTrue();
        Matches(new When { State = ["STORE-7"] }).ShouldBeFalse();
    }

    [Fact]
    public void Having_no_channel_is_an_empty_channel()
    {
        WhenMatcher.Matches(new When { State = ["*"] }, new WhenSubject("acme", null, "zhangsan", Monday)).ShouldBeTrue();
        WhenMatcher.Matches(new When { State = ["?*"] }, new WhenSubject("acme", null, "zhangsan", Monday)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("09:00-21:00", 9, 0, true)]
    [InlineData("09:00-21:00", 20, 59, true)]
    [InlineData("09:00-21:00", 21, 0, false)]
    [InlineData("09:00-21:00", 8, 59, false)]
    [InlineData("21:00-09:00", 23, 0, true)]
    [InlineData("21:00-09:00", 8, 59, true)]
    [InlineData("21:00-09:00", 12, 0, false)]
    [InlineData("18:00-24:00", 23, 59, true)]
    [InlineData("18:00-24:00", 0, 0, false)]
    public void Hours_run_from_the_first_minute_until_just_before_the_second(string hours, int hour, int minute, bool matches) =>
        WhenMatcher.Matches(new When { Hours = hours }, new WhenSubject("acme", null, "zhangsan", Monday.Date.AddHours(hour).AddMinutes(minute))).ShouldBe(matches);

    [Fact]
    public void Days_are_the_corps_days()
    {
        var lateSundayInUtc = new DateTimeOffset(2026, 3, 1, 17, 0, 0, TimeSpan.Zero);
        var subject = new WhenSubject("acme", null, "zhangsan", WhenSubject.Local(lateSundayInUtc, "Asia/Shanghai"));

        WhenMatcher.Matches(new When { Days = ["Mon"] }, subject).ShouldBeTrue();
        WhenMatcher.Matches(new When { Days = ["Sun", "Sat"] }, subject).ShouldBeFalse();
    }

    [Fact]
    public void Each_fault_names_its_key() =>
        WhenFaults.Find("Welcome:Rules:0:When", new When { Hours = "9 to 5", Days = ["Mon", "Someday"], State = [""] }).Select(f => f.Split(' ')[0])
            .ShouldBe(["Welcome:Rules:0:When:Hours", "Welcome:Rules:0:When:State:0", "Welcome:Rules:0:When:Days:1"]);

    [Theory]
    [InlineData("09:00")]
    [InlineData("09:00-09:00")]
    [InlineData("25:00-26:00")]
    [InlineData("9:00-21:00")]
    public void Hours_that_cannot_be_read_are_a_fault(string hours) => WhenFaults.Find("When", new When { Hours = hours }).ShouldHaveSingleItem();

    private static bool Matches(When when) => WhenMatcher.Matches(when, new WhenSubject("acme", "store-7", "zhangsan", Monday));

    [Fact]
    public void Empty_hours_hold_always()
    {
        WhenFaults.Find("When", new When { Hours = "" }).ShouldBeEmpty();
        WhenMatcher.Matches(new When { Hours = "" }, new WhenSubject("acme", null, "zhangsan", Monday)).ShouldBeTrue();
    }
}
