using WecomBridge.Crm;
using WecomBridge.Operations;
using WecomBridge.Profiles;
using WecomBridge.Tests.Operations;

namespace WecomBridge.Tests.Profiles;

public class ProfilesOptionsTests
{
    [Theory]
    [InlineData("{{crm.name}} since {{crm.level}}", 0)]
    [InlineData("{{crm.phone}}", 1)]
    [InlineData("{{crm.name", 1)]
    [InlineData("", 0)]
    public void A_remark_may_name_only_fields_the_crm_gives(string remark, int faults) => Faults(("Profiles:Remark", remark)).Count.ShouldBe(faults);

    [Theory]
    [InlineData("Description")]
    [InlineData("Company")]
    [InlineData("Mobiles")]
    public void Every_template_is_checked(string field) => Faults(($"Profiles:{field}", "{{crm.phone}}")).ShouldHaveSingleItem().ShouldStartWith($"Profiles:{field}");

    [Fact]
    public void An_unknown_setting_is_refused() => Faults(("Profiles:Notes", "x")).ShouldHaveSingleItem().ShouldStartWith("Profiles:Notes");

    private static IReadOnlyList<string> Faults((string, string?) change) => SettingsCheck.Faults<ProfilesOptions>(
        s => s.AddCrm().AddSettings<ProfilesOptions, ProfilesOptionsValidator>(ProfilesOptions.Section),
        "Production",
        ("Crm:Http:Fields:name", "/0/name"),
        ("Crm:Http:Fields:level", "/0/level"),
        change);
}
