using WecomBridge.Operations;

namespace WecomBridge.Tests.Operations;

public class SecretTextTests
{
    [Fact]
    public void Reads_the_environment()
    {
        Environment.SetEnvironmentVariable("WECOMBRIDGE_TEST_SECRET", "from-environment");

        SecretText.Resolve("env:WECOMBRIDGE_TEST_SECRET").ShouldBe("from-environment");
    }

    [Fact]
    public void Reads_a_file_without_its_last_line_end()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "from-file\r\n");

        SecretText.Resolve("file:" + path).ShouldBe("from-file");

        File.Delete(path);
    }

    [Fact]
    public void Takes_anything_else_as_the_secret_itself() => SecretText.Resolve("plain").ShouldBe("plain");

    [Theory]
    [InlineData("env:WECOMBRIDGE_TEST_NOWHERE", "WECOMBRIDGE_TEST_NOWHERE")]
    [InlineData("file:/nowhere/at/all", "/nowhere/at/all")]
    public void Names_what_is_missing(string value, string named) => Should.Throw<InvalidOperationException>(() => SecretText.Resolve(value)).Message.ShouldContain(named);

    [Fact]
    public void A_secret_in_the_settings_is_a_fault_outside_development()
    {
        var fault = SecretText.FindFault("Crm:Key", "canary", inlineAllowed: false, out _);

        fault.ShouldNotBeNull().ShouldStartWith("Crm:Key");
        fault.ShouldNotContain("canary");
        SecretText.FindFault("Crm:Key", "canary", inlineAllowed: true, out var resolved).ShouldBeNull();
        resolved.ShouldBe("canary");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("env:WECOMBRIDGE_TEST_NOWHERE")]
    public void A_secret_that_cannot_be_had_is_a_fault(string? value) => SecretText.FindFault("Crm:Key", value, inlineAllowed: true, out _).ShouldNotBeNull().ShouldStartWith("Crm:Key");
}
