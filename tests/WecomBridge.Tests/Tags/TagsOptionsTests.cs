using WecomBridge.Operations;
using WecomBridge.Tags;
using WecomBridge.Tests.Operations;

namespace WecomBridge.Tests.Tags;

public class TagsOptionsTests
{
    private static readonly (string, string?)[] Good = [("Tags:Groups:Channel:Tags:0", "Store"), ("Tags:Groups:Mood:Owner", "Manual"), ("Tags:Groups:Mood:Tags:0", "Good"), ("Tags:Rules:0:Name", "store"), ("Tags:Rules:0:Add:0", "Channel/Store")];

    [Fact]
    public void Good_settings_have_no_fault() => Faults().ShouldBeEmpty();

    [Theory]
    [InlineData("Tags:Groups:Channel:Tags:1", "a/b")]
    [InlineData("Tags:Groups:Channel:Tags:1", "0123456789012345678901234567890")]
    [InlineData("Tags:Rules:0:Name", "")]
    [InlineData("Tags:Rules:0:Add:0", "Store")]
    [InlineData("Tags:Rules:0:Add:0", "Channel/Fair")]
    [InlineData("Tags:Rules:0:Add:1", "Mood/Good")]
    [InlineData("Tags:Rules:0:When:Hours", "always")]
    [InlineData("Tags:Rules:0:When:Stage:0", "Level/*")]
    [InlineData("Tags:Rules:0:When:Kind:0", "robot")]
    [InlineData("Tags:Groups:Channel:RenamedFrom", "Mood")]
    [InlineData("Tags:Groups:Channel:Renamed:Shop", "Fair")]
    [InlineData("Tags:Groups:Channel:Renamed:Store", "Store")]
    [InlineData("Tags:Groups:Channel:Tags:1", "Store")]
    [InlineData("Tags:Rules:0:When:Crm", "Known")]
    [InlineData("Tags:Rules:0:When:State", "store-*")]
    [InlineData("Tags:Rules:0:Remove:0", "Channel/Store")]
    public void Each_fault_names_its_key(string key, string value) => key.ShouldStartWith(Faults((key, value)).ShouldHaveSingleItem().Split(' ')[0]);

    private static IReadOnlyList<string> Faults(params (string, string?)[] changes) =>
        SettingsCheck.Faults<TagsOptions>(s => s.AddSettings<TagsOptions, TagsOptionsValidator>(TagsOptions.Section), "Production", [.. Good, .. changes]);
}
