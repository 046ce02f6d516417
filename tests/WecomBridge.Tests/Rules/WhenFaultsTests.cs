using WecomBridge.Rules;

namespace WecomBridge.Tests.Rules;

public class WhenFaultsTests
{
    public static TheoryData<string, string, object> Faults => new()
    {
        { "When:Apps:0", "empty", new When { Apps = [""] } },
        { "When:Department:1", "number", new When { Department = ["12", "Sales"] } },
        { "When:AddWay:0", "acquisition_link", new When { AddWay = ["qr"] } },
        { "When:AddWay:0", "qr_code", new When { AddWay = ["1"] } },
        { "When:Kind:0", "wechat, wecom", new When { Kind = ["customer"] } },
        { "When:Stage:0", "Group/Tag", new When { Stage = ["Lead"] } },
        { "When:Dates:0", "2026-10-01", new When { Dates = ["1 October"] } },
        { "When:Crm", "Known, Unknown", new When { Crm = "Yes" } },
        { "When:Facts:All:0:Field", "missing", Facts(new FactCondition { Op = FactOps.Exists }) },
        { "When:Facts:All:0:Op", "OlderThanDays", Facts(new FactCondition { Field = "level", Op = "Is", Value = "gold" }) },
        { "When:Facts:All:0:Value", "number", Facts(new FactCondition { Field = "points", Op = FactOps.Gt, Value = "many" }) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Each_fault_names_its_key_and_what_may_stand_there(string key, string hint, object conditions)
    {
        var fault = WhenFaults.Find("When", (When)conditions).ShouldHaveSingleItem();

        fault.Split(' ')[0].ShouldBe(key);
        fault.ShouldContain(hint);
    }

    [Fact]
    public void A_way_of_adding_that_has_no_word_yet_is_its_number() => WhenFaults.Find("When", new When { AddWay = ["qr_code", "77"], Department = ["1"], Stage = ["*", "Level/Gold"], Kind = ["WeChat"] }).ShouldBeEmpty();

    [Fact]
    public void A_fact_that_the_CRMs_settings_do_not_read_is_a_fault()
    {
        var when = Facts(new FactCondition { Field = "level", Op = FactOps.Exists });

        WhenFaults.FindCrmFaults("When", when, ["id", "level"]).ShouldBeEmpty();
        WhenFaults.FindCrmFaults("When", when, ["id", "name"]).ShouldHaveSingleItem().ShouldSatisfyAllConditions(fault => fault.ShouldStartWith("When:Facts:All:0:Field "), fault => fault.ShouldContain("id, name"));
        WhenFaults.FindCrmFaults("When", when, null).ShouldHaveSingleItem().ShouldContain("Crm:Provider");
        WhenFaults.FindCrmFaults("When", new When { Crm = "Known" }, null).ShouldHaveSingleItem().ShouldStartWith("When:Crm ");
    }

    [Fact]
    public void A_condition_that_a_feature_cannot_judge_is_refused_by_name()
    {
        var when = new When { State = ["store-*"], Stage = ["Level/*"], Crm = "Known", Dates = ["10-01"], Facts = new FactConditions { None = [new FactCondition { Field = "level", Op = FactOps.Exists }] } };

        WhenFaults.FindUnsupported("When", when, ["State", "Dates"]).Select(fault => fault.Split(' ')[0]).ShouldBe(["When:Stage", "When:Crm", "When:Facts"], ignoreOrder: true);
    }

    private static When Facts(FactCondition condition) => new() { Facts = new FactConditions { All = [condition] } };
}
