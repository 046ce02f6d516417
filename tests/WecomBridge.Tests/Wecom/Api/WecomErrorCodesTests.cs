using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Wecom.Api;

public class WecomErrorCodesTests
{
    /// <summary>The codes of the platform's page by the reaction they get; ranges are written first-last.</summary>
    private static readonly (WecomFailure Failure, string Codes)[] Page =
    [
        (WecomFailure.Transient, "-1 45033 41078 41079 41063 301022 301026 301057 301064 90304 50100"),
        (WecomFailure.Throttled, "45009 41094"),
        (WecomFailure.Conflict, "6000 45035 40071 41096"),
        (WecomFailure.Denied, "40001 40013 40014 42001 42009 42007 40082-40085 40091 43009 45031 48001 48002 48004 48006-48009 50001 80001 50003 60020 301007 301042 670001 40057 301052 301053 301055 301056"),
        (WecomFailure.Expired, "41050 41051 41053"),
        (WecomFailure.Gone, "60111 40068 46004 60136 40096 84061 84083 84084 40100 40129 40131 41048 41093 49008 90500-90504 90507-90511"),
        (WecomFailure.Rejected, "41001 41002 41004 41011 48003 48005 50002 60011 60021 92000 92002 92003 301002"),
        (WecomFailure.Rejected, "40003 40007 40008 40031-40033 40035 40039 40056 40058 40063 40066 40070 40072 40094 41006 41009 41035 41064 41065 41072 41080-41082 41090 44001 44004 45001 45002 45007 45008 45029 45034 81011-81013 82001 81017 85002 600018"),
        (WecomFailure.Rejected, "84074 40097-40099 41054 40128 40130 40126 40201 41036-41047 41049 41052 41055-41062 41067 41091 41095 86001-86008 86101 86201-86224 95000-95019"),
        (WecomFailure.Rejected, "701001-701090 701099 40093 42012 830001-830003 40123"),
    ];

    public static IEnumerable<TheoryDataRow<int, WecomFailure>> Codes =>
        from row in Page
        from word in row.Codes.Split(' ')
        from code in Expand(word)
        select new TheoryDataRow<int, WecomFailure>(code, row.Failure);

    [Theory]
    [MemberData(nameof(Codes), DisableDiscoveryEnumeration = true)]
    public void Each_documented_code_has_one_reaction(int code, WecomFailure failure) => WecomErrorCodes.FailureOf(code).ShouldBe(failure);

    [Fact]
    public void The_table_holds_the_documented_codes_and_no_others() =>
        WecomErrorCodes.All.Keys.Order().ShouldBe(Codes.Select(row => row.Data.Item1).Order());

    [Fact]
    public void An_undocumented_code_is_never_retried() => WecomErrorCodes.FailureOf(123456).ShouldBe(WecomFailure.Rejected);

    [Fact]
    public void Success_is_no_failure_in_the_table() => WecomErrorCodes.All.ContainsKey(0).ShouldBeFalse();

    private static IEnumerable<int> Expand(string word)
    {
        var dash = word.IndexOf('-', 1);
        if (dash < 0) return [int.Parse(word)];
        var first = int.Parse(word[..dash]);
        return Enumerable.Range(first, int.Parse(word[(dash + 1)..]) - first + 1);
    }
}
