using FsCheck;
using FsCheck.Fluent;
using WecomBridge.Rules;

namespace WecomBridge.Tests.Rules;

/// <summary>Conditions on what has to be looked up.</summary>
public class WhenAskTests
{
    private static readonly WhenSubject Nothing = new("acme", "store-7", "zhangsan", new DateTime(2026, 3, 2, 12, 0, 0)) { App = "contact" };

    private static readonly WhenSubject Everything = Nothing with
    {
        Departments = ["12", "3"],
        AddWay = "qr_code",
        Kind = "wechat",
        Stages = ["Lifecycle/Lead", "Level/Gold"],
        Crm = new CrmAnswer(new Dictionary<string, string> { ["level"] = "gold", ["points"] = "120" }),
    };

    private static readonly WhenSubject Stranger = Everything with { Crm = new CrmAnswer(Facts: null), Stages = [], Departments = [] };

    public static TheoryData<string, object> Holding => new()
    {
        { "department", new When { Department = ["7", "12"] } },
        { "way", new When { AddWay = ["card", "QR_code"] } },
        { "kind", new When { Kind = ["wechat"] } },
        { "stage", new When { Stage = ["Lifecycle/*"] } },
        { "known", new When { Crm = "Known" } },
        { "all", new When { Facts = new FactConditions { All = [Fact("level", FactOps.Eq, "gold"), Fact("points", FactOps.Gt, "100")] } } },
        { "any", new When { Facts = new FactConditions { Any = [Fact("level", FactOps.Eq, "silver"), Fact("points", FactOps.Gt, "100")] } } },
        { "none", new When { Facts = new FactConditions { None = [Fact("level", FactOps.Eq, "silver")] } } },
    };

    public static TheoryData<string, object> Failing => new()
    {
        { "department", new When { Department = ["1"] } },
        { "way", new When { AddWay = ["card"] } },
        { "kind", new When { Kind = ["wecom"] } },
        { "stage", new When { Stage = ["Lifecycle/Customer"] } },
        { "unknown", new When { Crm = "Unknown" } },
        { "all", new When { Facts = new FactConditions { All = [Fact("level", FactOps.Eq, "gold"), Fact("points", FactOps.Gt, "500")] } } },
        { "any", new When { Facts = new FactConditions { Any = [Fact("level", FactOps.Eq, "silver"), Fact("points", FactOps.Gt, "500")] } } },
        { "none", new When { Facts = new FactConditions { None = [Fact("level", FactOps.Eq, "gold")] } } },
    };

    [Theory]
    [MemberData(nameof(Holding))]
    [MemberData(nameof(Failing))]
    public void What_was_not_looked_up_neither_holds_nor_fails(string what, object conditions)
    {
        var when = (When)conditions;
        WhenMatcher.Ask(when, Nothing).ShouldBe(WhenAnswer.Unknown, what);
        WhenMatcher.Matches(when, Nothing).ShouldBeFalse(what);
        when.Needs().ShouldNotBe(WhenNeeds.None);
    }

    [Theory]
    [MemberData(nameof(Holding))]
    public void It_holds_once_it_is_known_to(string what, object conditions) => WhenMatcher.Ask((When)conditions, Everything).ShouldBe(WhenAnswer.Yes, what);

    [Theory]
    [MemberData(nameof(Failing))]
    public void It_fails_once_it_is_known_to(string what, object conditions) => WhenMatcher.Ask((When)conditions, Everything).ShouldBe(WhenAnswer.No, what);

    [Fact]
    public void A_condition_that_fails_spares_the_look_up_of_the_others()
    {
        WhenMatcher.Ask(new When { State = ["expo"], Crm = "Known" }, Nothing).ShouldBe(WhenAnswer.No);
        WhenMatcher.Ask(new When { Kind = ["wecom"], Crm = "Known" }, Everything with { Crm = null }).ShouldBe(WhenAnswer.No);
        WhenMatcher.Ask(new When { Kind = ["wechat"], Crm = "Known" }, Everything with { Crm = null }).ShouldBe(WhenAnswer.Unknown);
    }

    [Fact]
    public void Of_a_customer_whom_the_CRM_does_not_know_every_fact_is_missing()
    {
        WhenMatcher.Ask(new When { Crm = "Unknown" }, Stranger).ShouldBe(WhenAnswer.Yes);
        WhenMatcher.Ask(new When { Facts = new FactConditions { All = [Fact("level", FactOps.Missing)] } }, Stranger).ShouldBe(WhenAnswer.Yes);
        WhenMatcher.Ask(new When { Facts = new FactConditions { All = [Fact("level", FactOps.Ne, "gold")] } }, Stranger).ShouldBe(WhenAnswer.No);
        WhenMatcher.Ask(new When { Facts = new FactConditions { None = [Fact("level", FactOps.Eq, "gold")] } }, Stranger).ShouldBe(WhenAnswer.Yes);
    }

    [Fact]
    public void A_department_below_a_listed_one_is_another() => WhenMatcher.Ask(new When { Department = ["1"] }, Everything).ShouldBe(WhenAnswer.No);

    [Fact]
    public void No_departments_and_no_tags_are_known_to_be_none()
    {
        WhenMatcher.Ask(new When { Department = ["12"] }, Stranger).ShouldBe(WhenAnswer.No);
        WhenMatcher.Ask(new When { Stage = ["*"] }, Stranger).ShouldBe(WhenAnswer.No);
    }

    [Fact]
    public void Apps_and_dates_are_known_without_asking()
    {
        WhenMatcher.Ask(new When { Apps = ["cont*"], Dates = ["2026-05-01", "03-02"] }, Nothing).ShouldBe(WhenAnswer.Yes);
        WhenMatcher.Ask(new When { Apps = ["other"] }, Nothing).ShouldBe(WhenAnswer.No);
        WhenMatcher.Ask(new When { Dates = ["2026-03-03"] }, Nothing).ShouldBe(WhenAnswer.No);
        new When { Apps = ["x"], Dates = ["03-02"], State = ["x"], Hours = "09:00-10:00" }.Needs().ShouldBe(WhenNeeds.None);
    }

    [Fact]
    public void What_becomes_known_later_never_turns_an_answer_around()
    {
        var seen = new HashSet<(WhenAnswer, WhenAnswer)>();
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var (all, when) = (random.Next(2) == 0 ? Everything : Stranger, SomeConditions(random));
            var (early, late) = (WhenMatcher.Ask(when, Forget(all, random)), WhenMatcher.Ask(when, all));
            seen.Add((early, late));
            return late != WhenAnswer.Unknown && (early == late || early == WhenAnswer.Unknown);
        }).QuickCheckThrowOnFailure();
        seen.Count.ShouldBeGreaterThan(2);
    }

    private static When SomeConditions(Random random)
    {
        var when = new When();
        if (random.Next(3) == 0) when.Department = [random.Next(2) == 0 ? "12" : "99"];
        if (random.Next(3) == 0) when.AddWay = [random.Next(2) == 0 ? "qr_code" : "card"];
        if (random.Next(3) == 0) when.Kind = [random.Next(2) == 0 ? "wechat" : "wecom"];
        if (random.Next(3) == 0) when.Stage = [random.Next(2) == 0 ? "Level/*" : "None/*"];
        if (random.Next(3) == 0) when.Crm = random.Next(2) == 0 ? "Known" : "Unknown";
        if (random.Next(3) == 0) when.Facts.None = [Fact("level", random.Next(2) == 0 ? FactOps.Exists : FactOps.Missing)];
        return when;
    }

    private static WhenSubject Forget(WhenSubject subject, Random random) => subject with
    {
        Departments = random.Next(2) == 0 ? null : subject.Departments,
        AddWay = random.Next(2) == 0 ? null : subject.AddWay,
        Kind = random.Next(2) == 0 ? null : subject.Kind,
        Stages = random.Next(2) == 0 ? null : subject.Stages,
        Crm = random.Next(2) == 0 ? null : subject.Crm,
    };

    private static FactCondition Fact(string field, string op, string value = "") => new() { Field = field, Op = op, Value = value };
}
