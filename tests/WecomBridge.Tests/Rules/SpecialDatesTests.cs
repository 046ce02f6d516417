using WecomBridge.Rules;

namespace WecomBridge.Tests.Rules;

public class SpecialDatesTests
{
    [Theory]
    [InlineData("2026-10-01", "2026-10-01", true)]
    [InlineData("2026-10-01", "2027-10-01", false)]
    [InlineData("2026-10-01..2026-10-07", "2026-09-30", false)]
    [InlineData("2026-10-01..2026-10-07", "2026-10-01", true)]
    [InlineData("2026-10-01..2026-10-07", "2026-10-07", true)]
    [InlineData("2026-10-01..2026-10-07", "2026-10-08", false)]
    [InlineData("2026-12-30 .. 2027-01-02", "2027-01-01", true)]
    [InlineData("10-01", "2026-10-01", true)]
    [InlineData("10-01", "2031-10-01", true)]
    [InlineData("10-01", "2026-10-02", false)]
    [InlineData("12-30..01-02", "2026-12-30", true)]
    [InlineData("12-30..01-02", "2027-01-02", true)]
    [InlineData("12-30..01-02", "2027-01-03", false)]
    [InlineData("12-30..01-02", "2026-12-29", false)]
    [InlineData("02-29", "2028-02-29", true)]
    [InlineData("02-28..03-01", "2028-02-29", true)]
    public void A_day_lies_within_or_not(string dates, string day, bool within) => SpecialDates.Contains(dates, DateOnly.ParseExact(day, "yyyy-MM-dd", null)).ShouldBe(within);

    [Theory]
    [InlineData("")]
    [InlineData("2026-10-1")]
    [InlineData("2026-02-29")]
    [InlineData("13-01")]
    [InlineData("2026-10-07..2026-10-01")]
    [InlineData("2026-10-01..10-07")]
    [InlineData("10-01..2026-10-07")]
    [InlineData("10-01..10-02..10-03")]
    [InlineData("2026-10-01..")]
    [InlineData("National Day")]
    public void What_is_no_date_is_not_taken_for_one(string dates)
    {
        SpecialDates.IsValid(dates).ShouldBeFalse();
        SpecialDates.Contains(dates, new DateOnly(2026, 10, 1)).ShouldBeFalse();
    }
}
