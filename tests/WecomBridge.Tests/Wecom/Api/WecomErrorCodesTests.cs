using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Wecom.Api;

public class WecomErrorCodesTests
{
    /// <summary>The codes of the platform's page by the reaction they get; ranges are written first-last.</summary>
    private static readonly (WecomFailure Failure, string Codes)[] Page =
    [
        (WecomFailure.Transient, "-1 45033 41078 41079 41063 301022 301026 301057 301064 90304 50100"),
        (WecomFailure.Throttled, "45009"),
        (WecomFailure.Conflict, "6000 45035 40071 41096"),
        (WecomFailure.Denied, "40001 40013 40014 42001 42009 42007 40082-40085 40091 43009 45031 48001 48002 48004 48006-48009 50001 80001 50003 60020 301007 301042 670001 40057 301052 301053 301055 301056"),
        (WecomFailure.Expired, "41050 41051 41053"),
        (WecomFailure.Gone, "60111 40068 46004 60136 40096 84061 84083 84084 40100 40129 40131 41048 41093 49008 90500-90504 90507-90511"),
        (WecomFailure.Rejected, "41001 41002 41004 41011 48003 48005 50002 60011 60021 92000 92002 92003 301002"),
        (WecomFailure.Rejected, "40003 40007 40008 40031-40033 40035 40039 40056 40058 40063 40066 40070 40072 40094 41006 41009 41035 41064 41065 41072 41080-41082 41090 44001 44004 45001 45002 45007 45008 45029 45034 81011-81013 82001 81017 85002 600018"),
        (WecomFailure.Rejected, "84074 40097-40099 41054 40128 40130 40126 40201 41036-41047 41049 41052 41055-41062 41067 41091 41094 41095 86001-86008 86101 86201-86224 95000-95019"),
        (WecomFailure.Rejected, "701001-701090 701099 40093 42012 830001-830003 40123"),
    ];

    /// <summary>The codes that end only when an administrator acts.</summary>
    private const string ForAdministrators =
        "40001 40013 40014 42001 42009 42007 40082-40085 40091 43009 45031 48001 48002 48004 48006-48009 50001 50002 50003 60011 60020 60021 80001 301007 301042 670001 40057 81011 81013 84074 40098 41054 40099 40126 40201 41036 41045 41055 41057 41095 301052 301053 301055 301056 701008 701099";

    public static IEnumerable<TheoryDataRow<int, WecomFailure>> Codes =>
        from row in Page
        from word in row.Codes.Split(' ')
        from code in Expand(word)
        select new TheoryDataRow<int, WecomFailure>(code, row.Failure);

    [Theory]
    [MemberData(nameof(Codes), DisableDiscoveryEnumeration = true)]
    public void Each_documented_code_has_one_reaction(int code, WecomFailure failure) => WecomErrorCodes.FailureOf(code).ShouldBe(failure);

    [Theory]
    [MemberData(nameof(Codes), DisableDiscoveryEnumeration = true)]
    public void Each_documented_code_has_a_meaning_and_one_sentence_of_remedy(int code, WecomFailure failure)
    {
        var info = WecomErrorCodes.Find(code);

        info.Failure.ShouldBe(failure);
        info.Meaning.ShouldNotBeNullOrWhiteSpace();
        IsOneSentence(info.Remedy).ShouldBeTrue(info.Remedy);
        WecomErrorCodes.RemedyOf(code, platformText: null).ShouldBe(info.Remedy);
    }

    [Fact]
    public void What_an_administrator_must_do_names_the_page_or_the_setting_and_differs_from_code_to_code()
    {
        var remedies = ForAdministrators.Split(' ').SelectMany(Expand).Select(code => (Code: code, WecomErrorCodes.Find(code).Remedy)).ToList();

        remedies.Where(r => !r.Remedy.Contains("Wecom:Corps", StringComparison.Ordinal) && !r.Remedy.Any(letter => letter >= '\u4e00')).ShouldBeEmpty();
        remedies.Select(r => r.Remedy).Distinct().Count().ShouldBe(remedies.Count);
    }

    [Theory]
    [InlineData(40001)]
    [InlineData(40091)]
    public void A_wrong_secret_names_its_setting(int code) => WecomErrorCodes.RemedyOf(code, null).ShouldContain("Wecom:Corps:<corp>:Apps:<app>:Secret");

    [Fact]
    public void A_wrong_corp_names_its_setting() => WecomErrorCodes.RemedyOf(WecomErrorCodes.InvalidCorpId, null).ShouldContain("Wecom:Corps:<corp>:CorpId");

    [Fact]
    public void An_api_not_allowed_names_the_page_of_the_console() => WecomErrorCodes.RemedyOf(48002, null).ShouldContain("客户联系 → API → 可调用接口的应用");

    [Theory]
    [InlineData("not allow to access from your ip, hint: [1700000000_1_ab], from ip: 203.0.113.7, more info at https://open.work.weixin.qq.com/devtool/query?e=60020", "203.0.113.7")]
    [InlineData("not allow to access from your ip, from ip: 203.0.113.7", "203.0.113.7")]
    [InlineData("From IP:2001:db8::17, more info", "2001:db8::17")]
    [InlineData("from ip: ::ffff:203.0.113.7.", "::ffff:203.0.113.7")]
    public void An_untrusted_address_is_named(string platformText, string address) =>
        WecomErrorCodes.RemedyOf(WecomErrorCodes.UntrustedAddress, platformText).ShouldStartWith($"Add {address} to the app's trusted addresses");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not allow to access from your ip")]
    [InlineData("from ip: ")]
    [InlineData("from ip: unknown")]
    [InlineData("from ip: 999.1.1.1")]
    public void An_untrusted_address_that_is_not_told_is_this_machines_own(string? platformText) =>
        WecomErrorCodes.RemedyOf(WecomErrorCodes.UntrustedAddress, platformText).ShouldStartWith("Add this machine's outgoing address");

    [Fact]
    public void An_undocumented_code_is_looked_up_by_its_number() => WecomErrorCodes.RemedyOf(123456, null).ShouldContain("https://open.work.weixin.qq.com/devtool/query?e=123456 ");

    [Fact]
    public void No_answer_points_at_the_network() => WecomErrorCodes.RemedyOf(null, null).ShouldContain("network");

    [Fact]
    public void The_table_holds_the_documented_codes_and_no_others() =>
        WecomErrorCodes.All.Keys.Order().ShouldBe(Codes.Select(row => row.Data.Item1).Order());

    [Fact]
    public void An_undocumented_code_is_never_retried() => WecomErrorCodes.FailureOf(123456).ShouldBe(WecomFailure.Rejected);

    [Fact]
    public void Success_is_no_failure_in_the_table() => WecomErrorCodes.All.ContainsKey(0).ShouldBeFalse();

    private static bool IsOneSentence(string text) => text.Length > 20 && text.EndsWith('.') && !text.Contains(". ", StringComparison.Ordinal);

    private static IEnumerable<int> Expand(string word)
    {
        var dash = word.IndexOf('-', 1);
        if (dash < 0) return [int.Parse(word)];
        var first = int.Parse(word[..dash]);
        return Enumerable.Range(first, int.Parse(word[(dash + 1)..]) - first + 1);
    }
}
