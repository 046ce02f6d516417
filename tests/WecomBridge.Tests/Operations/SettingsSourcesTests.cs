using WecomBridge.Operations;

namespace WecomBridge.Tests.Operations;

public sealed class SettingsSourcesTests
{
    [Fact]
    public void A_list_is_taken_whole_from_the_last_source_that_names_it()
    {
        var merged = SettingsSources.Merge(
        [
            new Dictionary<string, string?> { ["Welcome:Rules:0:Name"] = "a", ["Welcome:Rules:1:Name"] = "b", ["Welcome:Rules:1:When:State:0"] = "x", ["Welcome:SendWithin"] = "1" },
            new Dictionary<string, string?> { ["Welcome:Rules:0:Name"] = "c" },
        ]);
        merged.Keys.Order().ShouldBe(["Welcome:Rules:0:Name", "Welcome:SendWithin"]);
        merged["Welcome:Rules:0:Name"].ShouldBe("c");
    }

    [Fact]
    public void An_empty_list_empties_an_earlier_one_and_leaves_sections_alone()
    {
        var merged = SettingsSources.Merge(
        [
            new Dictionary<string, string?> { ["Roles:0"] = "Intake", ["Roles:1"] = "Work", ["Crm:Http:Fields:id"] = "/0/id" },
            new Dictionary<string, string?> { ["Roles"] = "", ["Crm:Http:Fields"] = "" },
        ]);
        merged.ShouldNotContainKey("Roles:0");
        merged.ShouldContainKey("Crm:Http:Fields:id");
    }

    [Fact]
    public void Files_then_environment_then_command_line_and_a_missing_file_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("wb-settings-").FullName;
        var file = Path.Combine(folder, "mine.json");
        File.WriteAllText(Path.Combine(folder, "appsettings.json"), """{ "Callbacks": { "MaxBodyBytes": 1, "AnswerBudget": "00:00:04" }, "Roles": ["Intake"] }""");
        File.WriteAllText(file, """{ "Callbacks": { "MaxBodyBytes": 2 }, "Roles": [] }""");
        try
        {
            var settings = SettingsSources.Read(folder, "Production", [file], ["--Callbacks:AnswerBudget=00:00:03"]);
            settings["Callbacks:MaxBodyBytes"].ShouldBe("2");
            settings["Callbacks:AnswerBudget"].ShouldBe("00:00:03");
            settings.ShouldNotContainKey("Roles:0");
            Should.Throw<FileNotFoundException>(() => SettingsSources.Read(folder, "Production", ["no-such.json"], [])).Message.ShouldContain("no-such.json");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
