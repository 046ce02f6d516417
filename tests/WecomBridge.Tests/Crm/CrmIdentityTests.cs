using WecomBridge.Crm;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Crm;

/// <summary>Who a customer is, whatever the connector.</summary>
public sealed class CrmIdentityTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly FakeConnector _crm = new();

    private static CrmQuery Everything => new() { ExternalUserId = "wm1", UnionId = "u1", States = ["store-7", "member-42"], Remarks = ["Lin"], Mobiles = ["1"] };

    [Theory]
    [InlineData("wm1=a u1=b 42=c 1=d", CrmKey.ExternalUserId, "a", "UnionId MemberNumber Mobile")]
    [InlineData("u1=a 42=a 1=d", CrmKey.UnionId, "a", "Mobile")]
    [InlineData("42=a 1=a", CrmKey.MemberNumber, "a", "")]
    [InlineData("1=a", CrmKey.Mobile, "a", "")]
    [InlineData("u1=a 1=b,c", CrmKey.UnionId, "a", "")]
    internal async Task The_stronger_key_wins_and_disagreement_is_said(string known, CrmKey key, string id, string conflicts)
    {
        _crm.Know(known);

        var finding = await Client().FindAsync(Everything, default);

        finding.Match.ShouldNotBeNull().ShouldSatisfyAllConditions(match => match.MatchedBy.ShouldBe(key), match => match.Id.ShouldBe(id));
        finding.Match.Confidence.ShouldBe(key is CrmKey.ExternalUserId or CrmKey.UnionId ? CrmConfidence.Certain : CrmConfidence.Likely);
        string.Join(' ', finding.Conflicts).ShouldBe(conflicts);
    }

    [Theory]
    [InlineData("u1=a,b 1=c")]
    [InlineData("42=a,b 1=c")]
    internal async Task Several_records_of_one_key_are_never_merged_nor_passed_over(string known)
    {
        _crm.Know(known);

        (await Client().FindAsync(Everything, default)).ShouldBe(new CrmFinding(CrmResult.Several));
    }

    [Fact]
    public async Task Who_is_in_a_hurry_is_told_the_first_that_was_found()
    {
        _crm.Know("u1=a 1=b");

        var finding = await Client().FindAsync(Everything with { Quick = true }, default);

        finding.Match!.Id.ShouldBe("a");
        finding.Conflicts.ShouldBeEmpty();
        _crm.Asked.ShouldNotContain("1");
    }

    [Theory]
    [InlineData(WecomFailure.Transient)]
    [InlineData(WecomFailure.Denied)]
    [InlineData(WecomFailure.Rejected)]
    internal async Task A_weaker_key_that_cannot_be_asked_costs_nothing(WecomFailure failure)
    {
        _crm.Know("u1=a");
        _crm.Failures["1"] = new CrmException(failure, "away");

        (await Client().FindAsync(Everything, default)).Match!.Id.ShouldBe("a");
    }

    [Fact]
    public async Task A_key_without_a_question_is_not_tried()
    {
        _crm.Know("1=a");
        _crm.Keys = [CrmKey.UnionId];

        (await Client().FindAsync(Everything, default)).Result.ShouldBe(CrmResult.Nobody);
        _crm.Asked.ShouldBe(["u1"]);
    }

    [Theory]
    [InlineData("member-{number}", "member-A-1_b", "A-1_b")]
    [InlineData("member-{number}", "member-1 ", null)]
    [InlineData("member-{number}", "xmember-1", null)]
    [InlineData("*No.{number}*", "Lin No.10042, regular", "10042")]
    [InlineData("*会员{number}*", "林女士会员10042先生", "10042")]
    [InlineData("??{number}", "VA77", "77")]
    [InlineData("{number}", "(a+)+$", null)]
    public void A_member_number_is_found_by_a_plain_pattern(string pattern, string text, string? number) =>
        new MemberNumber(new MemberNumberOptions { Remark = pattern }).In(new CrmQuery { ExternalUserId = "wm1", Remarks = [text] }).ShouldBe(number is null ? [] : [number]);

    [Fact]
    public void The_hardest_text_takes_no_more_time_than_any_other()
    {
        var hard = new MemberNumber(new MemberNumberOptions { Remark = "*a*a*a*a*a*a*a*a*a*a{number}*b" });

        hard.In(new CrmQuery { ExternalUserId = "wm1", Remarks = [new string('a', 200)] }).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stale_answer_is_used_at_once_and_renewed_behind_once()
    {
        _crm.Keys = [CrmKey.UnionId];
        _crm.Know("u1=a");
        var client = Client(calls => calls.StaleFor = TimeSpan.FromMinutes(10));
        var query = new CrmQuery { ExternalUserId = "wm1", UnionId = "u1", Quick = true };
        await client.FindAsync(query, default);
        _crm.Know("u1=b");
        _crm.Gate = new TaskCompletionSource();
        _time.Advance(TimeSpan.FromMinutes(2));

        (await client.FindAsync(query, default)).Match.ShouldNotBeNull().ShouldSatisfyAllConditions(match => match.Id.ShouldBe("a"), match => match.Age.ShouldBe(TimeSpan.FromMinutes(2)));
        (await client.FindAsync(query, default)).Match!.Id.ShouldBe("a");
        _crm.Gate.SetResult();
        await _crm.Answered("u1", 2);

        // The CRM has answered a moment before the answer is kept.
        for (var looks = 0; looks < 10_000 && (await client.FindAsync(query, default)).Match!.Id != "b"; looks++) await Task.Yield();
        (await client.FindAsync(query, default)).Match!.Id.ShouldBe("b");
        _crm.Asked.Count(value => value == "u1").ShouldBe(2);
    }

    [Fact]
    public async Task Too_old_an_answer_and_one_that_found_nobody_are_asked_anew()
    {
        var client = Client(calls => calls.StaleFor = TimeSpan.FromMinutes(10));
        var query = new CrmQuery { ExternalUserId = "wm1", UnionId = "u1", Quick = true };
        (await client.FindAsync(query, default)).Result.ShouldBe(CrmResult.Nobody);
        _crm.Know("u1=a");
        _time.Advance(TimeSpan.FromMinutes(2));
        (await client.FindAsync(query, default)).Match!.Id.ShouldBe("a");

        _crm.Know("u1=b");
        _time.Advance(TimeSpan.FromMinutes(11));
        (await client.FindAsync(query, default)).Match!.Id.ShouldBe("b");
    }

    [Fact]
    public async Task Who_can_wait_takes_no_stale_answer()
    {
        _crm.Keys = [CrmKey.UnionId];
        _crm.Know("u1=a");
        var client = Client(calls => calls.StaleFor = TimeSpan.FromMinutes(10));
        var query = new CrmQuery { ExternalUserId = "wm1", UnionId = "u1" };
        await client.FindAsync(query, default);
        _crm.Know("u1=b");
        _time.Advance(TimeSpan.FromMinutes(2));

        (await client.FindAsync(query, default)).Match!.Id.ShouldBe("b");
    }

    [Fact]
    public async Task A_crm_that_takes_no_writes_is_still_asked()
    {
        _crm.Know("u1=a");
        _crm.Refuses = true;
        var client = Client();
        var write = new CrmWrite("a", "{}", new Dictionary<string, string>());
        for (var time = 0; time < 12; time++) await Should.ThrowAsync<CrmException>(() => client.WriteAsync(write, "key", default));

        (await client.FindAsync(Everything, default)).Match!.Id.ShouldBe("a");
        _crm.Written.ShouldBe(10, "writes themselves are left alone");
    }

    private CrmClient Client(Action<CrmCallOptions>? change = null)
    {
        var options = new CrmOptions { Provider = CrmProvider.Http, MemberNumber = new MemberNumberOptions { State = "member-{number}" } };
        change?.Invoke(options.Http);
        return CrmClients.Of(options, _crm, _time);
    }

    /// <summary>A CRM in a dictionary.</summary>
    private sealed class FakeConnector : ICrmConnector
    {
        private readonly Dictionary<string, int> _answered = [];
        private Dictionary<string, string[]> _known = [];

        public IReadOnlyList<CrmKey> Keys { get; set; } = Enum.GetValues<CrmKey>();

        public List<string> Asked { get; } = [];

        public Dictionary<string, CrmException> Failures { get; } = [];

        /// <summary>Takes no writes.</summary>
        public bool Refuses { get; set; }

        public int Written { get; private set; }

        /// <summary>Holds answers back.</summary>
        public TaskCompletionSource? Gate { get; set; }

        public string Source => "fake";

        public void Know(string known) => _known = known.Split(' ').Select(each => each.Split('=')).ToDictionary(each => each[0], each => each[1].Split(','));

        public async Task Answered(string value, int times)
        {
            for (var step = 0; step < 500 && _answered.GetValueOrDefault(value) < times; step++) await Task.Delay(5);
            // The answer is put away after the connector has given it.
            await Task.Delay(20);
        }

        public bool Asks(CrmKey key) => Keys.Contains(key);

        public async Task<CrmRecords> AskAsync(CrmKey key, string value, CancellationToken cancellationToken)
        {
            Asked.Add(value);
            if (Gate is not null) await Gate.Task;
            if (Failures.TryGetValue(value, out var failure)) throw failure;
            _answered[value] = _answered.GetValueOrDefault(value) + 1;
            return _known.GetValueOrDefault(value) switch
            {
                null => CrmRecords.None,
                [var id] => new CrmRecords(1, new CrmRecord(id, new Dictionary<string, string> { ["id"] = id })),
                _ => CrmRecords.Several,
            };
        }

        public CrmWrite? Prepare(string? id, CrmContent content) => null;

        public Task WriteAsync(CrmWrite write, string key, CancellationToken cancellationToken)
        {
            Written++;
            return Refuses ? Task.FromException(new CrmException(WecomFailure.Transient, "away")) : Task.CompletedTask;
        }
    }
}
