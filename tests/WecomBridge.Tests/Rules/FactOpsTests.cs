using WecomBridge.Rules;

namespace WecomBridge.Tests.Rules;

public class FactOpsTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Theory]
    [InlineData(FactOps.Eq, "gold", "Gold", true)]
    [InlineData(FactOps.Eq, "gold", " gold ", true)]
    [InlineData(FactOps.Eq, "gold", "golden", false)]
    [InlineData(FactOps.Eq, "gold", null, false)]
    [InlineData(FactOps.Ne, "gold", "silver", true)]
    [InlineData(FactOps.Ne, "gold", "GOLD", false)]
    [InlineData(FactOps.Ne, "gold", null, false)]
    [InlineData(FactOps.In, "gold | platinum", "Platinum", true)]
    [InlineData(FactOps.In, "gold|platinum", "silver", false)]
    [InlineData(FactOps.Contains, "海", "上海市", true)]
    [InlineData(FactOps.Contains, "京", "上海市", false)]
    [InlineData(FactOps.StartsWith, "vip", "VIP-7", true)]
    [InlineData(FactOps.StartsWith, "vip", "no vip", false)]
    [InlineData(FactOps.Gt, "100", "100.5", true)]
    [InlineData(FactOps.Gt, "100", "100", false)]
    [InlineData(FactOps.Gt, "100", "many", false)]
    [InlineData(FactOps.Gt, "9", "10", true)]
    [InlineData(FactOps.Ge, "100", "100.0", true)]
    [InlineData(FactOps.Lt, "-1", "-2", true)]
    [InlineData(FactOps.Lt, "2026-03-01", "2026-02-28T23:59:59+08:00", true)]
    [InlineData(FactOps.Lt, "2026-03-01", "5", false)]
    [InlineData(FactOps.Le, "2026-03-01", "2026-03-01 10:00", true)]
    [InlineData(FactOps.Between, "1..5", "5", true)]
    [InlineData(FactOps.Between, "1..5", "5.1", false)]
    [InlineData(FactOps.Between, "-5..-1", "-3", true)]
    [InlineData(FactOps.Between, "2026-01-01..2026-06-30", "2026-06-30", true)]
    [InlineData(FactOps.Between, "2026-01-01..2026-06-30", "2026-07-01", false)]
    [InlineData(FactOps.OlderThanDays, "365", "2025-03-01", true)]
    [InlineData(FactOps.OlderThanDays, "365", "2025-03-02", false)]
    [InlineData(FactOps.WithinDays, "30", "2026-03-02", true)]
    [InlineData(FactOps.WithinDays, "30", "2026-01-31", true)]
    [InlineData(FactOps.WithinDays, "30", "2026-01-30", false)]
    [InlineData(FactOps.WithinDays, "30", "2026-03-03", false)]
    [InlineData(FactOps.WithinDays, "30", "yesterday", false)]
    [InlineData(FactOps.MonthIsNow, "", "1990-03-31", true)]
    [InlineData(FactOps.MonthIsNow, "", "03-31", true)]
    [InlineData(FactOps.MonthIsNow, "", "1990-04-01", false)]
    [InlineData(FactOps.Exists, "", "0", true)]
    [InlineData(FactOps.Exists, "", " ", false)]
    [InlineData(FactOps.Missing, "", null, true)]
    [InlineData(FactOps.Missing, "", "", true)]
    [InlineData(FactOps.Missing, "", "x", false)]
    public void A_fact_fulfils_a_condition_or_not(string op, string value, string? fact, bool holds)
    {
        FactOps.FindValueFault(op, value).ShouldBeNull();
        FactOps.Holds(op, value, fact, Today).ShouldBe(holds);
    }

    [Theory]
    [InlineData(FactOps.Eq, "")]
    [InlineData(FactOps.In, "gold||platinum")]
    [InlineData(FactOps.Contains, " ")]
    [InlineData(FactOps.Gt, "many")]
    [InlineData(FactOps.Between, "5..1")]
    [InlineData(FactOps.Between, "1..2026-01-01")]
    [InlineData(FactOps.Between, "5")]
    [InlineData(FactOps.OlderThanDays, "-1")]
    [InlineData(FactOps.WithinDays, "1.5")]
    [InlineData(FactOps.Exists, "yes")]
    [InlineData(FactOps.Missing, "yes")]
    [InlineData(FactOps.MonthIsNow, "3")]
    public void A_value_that_does_not_fit_is_a_fault(string op, string value) => FactOps.FindValueFault(op, value).ShouldNotBeNull();

    [Fact]
    public void Every_word_has_been_tried()
    {
        var tried = typeof(FactOpsTests).GetMethod(nameof(A_fact_fulfils_a_condition_or_not))!.GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().Select(data => (string)data.Data[0]!);

        tried.Distinct().ShouldBe(FactOps.All, ignoreOrder: true);
    }
}
