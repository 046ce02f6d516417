using WecomBridge.Tests.Contracts;

namespace WecomBridge.Tests.Docs;

/// <summary>The reference file and the schema are what the options classes and their comments give. With <c>WECOMBRIDGE_TESTS_WRITE=1</c> the tests write them anew.</summary>
public sealed class SettingsReferenceTests
{
    [Fact]
    public void Every_setting_says_what_it_means() => SettingsReference.WithoutComment().ShouldBeEmpty();

    [Fact]
    public void The_commented_settings_file_is_that_of_the_code() => IsCurrent(SettingsReference.WriteFile(), "src", "WecomBridge", "appsettings.json");

    [Fact]
    public void The_schema_for_editors_is_that_of_the_code() => IsCurrent(SettingsReference.WriteSchema(), "docs", "appsettings.schema.json");

    private static void IsCurrent(string expected, params string[] file)
    {
        var path = RepositoryFiles.PathOf(file);
        if (Environment.GetEnvironmentVariable("WECOMBRIDGE_TESTS_WRITE") == "1") File.WriteAllText(path, expected);
        (File.Exists(path) ? File.ReadAllText(path) : "").ShouldBe(expected, $"{Path.GetFileName(path)} is behind the code: run these tests with WECOMBRIDGE_TESTS_WRITE=1 and commit it.");
    }
}
