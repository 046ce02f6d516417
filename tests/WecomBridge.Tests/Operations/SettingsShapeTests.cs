using WecomBridge.Operations;

namespace WecomBridge.Tests.Operations;

public sealed class SettingsShapeTests
{
    [Theory]
    [InlineData("Logging:LogLevel:Default", "Warning")]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://127.0.0.1:5000")]
    [InlineData("AllowedHosts", "*")]
    [InlineData("urls", "http://127.0.0.1:5000")]
    [InlineData("$schema", "bin/appsettings.schema.json")]
    [InlineData("HTTP_PORTS", "8080")]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY", "200")]
    public void What_is_NETs_own_is_let_be(string key, string value) => Find(key, value).ShouldBeEmpty();

    [Theory]
    [InlineData("Welcom:SendWithin", "Welcom is no section of settings. Did you mean \"Welcome\"?")]
    [InlineData("Something:Else", "Something is no section of settings.")]
    [InlineData("Rolse:0", "Rolse is no section of settings. Did you mean \"Roles\"?")]
    public void What_nothing_reads_is_refused(string key, string says) => Find(key, "00:00:05").ShouldHaveSingleItem().ToString().ShouldBe(says);

    [Theory]
    [InlineData("WB_SHAPE:TWO", "WB_SHAPE__TWO", null)]
    [InlineData("PATH", "PATH", null)]
    [InlineData("SPOOL", "SPOOL", null)]
    [InlineData("Roles", "ROLES", null)]
    [InlineData("Welcoem:SendWithin", "Welcoem__SendWithin", "Welcoem is no section of settings. Did you mean \"Welcome\"?")]
    public void Variables_of_others_are_let_be_unless_they_all_but_name_a_section(string key, string variable, string? says) =>
        SettingsShape.Find(new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { [key] = "x" }, [variable]).Select(fault => fault.ToString()).SingleOrDefault().ShouldBe(says);

    [Theory]
    [InlineData("Work:Lease", "soon", "must be a time such as 00:00:05")]
    [InlineData("Work:Concurrency", "3.5", "must be a whole number.")]
    [InlineData("Wecom:Limits:UsedShare", "most", "must be a number such as 0.9.")]
    [InlineData("Welcome:NotifyStaff", "perhaps", "must be true or false.")]
    [InlineData("Crm:Provider", "7", "must be one of None, Http, Sql.")]
    [InlineData("Work", "8", "must hold settings, not a single value.")]
    [InlineData("Work:Lease:0", "00:01:00", "must be a single value.")]
    public void What_cannot_be_read_says_what_it_must_be(string key, string value, string says) => Find(key, value).ShouldHaveSingleItem().Rule.ShouldStartWith(says);

    [Fact]
    public void A_secret_is_never_part_of_a_fault()
    {
        foreach (var key in new[] { "Wecom:Corps:acme:Apps:contact:Secret:x", "Crm:Http:Headers", "Broker:Uri:x", "State:ConnectionString:y" })
            Find(key, "hush-hush").ShouldAllBe(fault => !fault.ToString().Contains("hush-hush", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://user:hush-hush@collector:4317", "\"https://***@collector:4317\"")]
    [InlineData("HTTPS:/hush-hush@collector/path", "\"HTTPS:/***@collector/path\"")]
    [InlineData("https://us@er:hush/hush hush-hush@collector", "\"https://***@collector\"")]
    [InlineData("https://user:hush-hush-hush-hush-hush-hush-hush-hush-hush-hush-hush-hush@collector", "\"https://***@collector\"")]
    [InlineData("http://one,http://user:hush-hush@two", "\"http://***@two\"")]
    [InlineData("https://collector:4317/a", "\"https://collector:4317/a\"")]
    [InlineData("a@b", "\"a@b\"")]
    public void Name_and_password_inside_an_address_are_never_shown(string value, string shown)
    {
        SettingsModel.Shown("Telemetry:Otlp:Endpoint", value).ShouldBe(shown);
        Find("Work:Concurrency", value).ShouldHaveSingleItem().ToString().ShouldEndWith($"It is {shown}.");
    }

    [Theory]
    [InlineData("Concurency", "Concurrency")]
    [InlineData("rabitmq", "RabbitMq")]
    [InlineData("Embeded", "Embedded")]
    [InlineData("Sotre", "Store")]
    [InlineData("something", null)]
    [InlineData("x", null)]
    public void The_nearest_word_is_found(string word, string? near) =>
        NearestWord.Of(word, ["Concurrency", "RabbitMq", "Embedded", "Store", "Http"]).ShouldBe(near);

    [Theory]
    [InlineData("{\n  \"Work\": {\n    \"Lease\" 5\n  }\n}", "line 3, column 13: this is not JSON")]
    [InlineData("[]", "must hold one object")]
    [InlineData("{ \"Work\": { \"Lease\": \"00:01:00\", \"lease\": \"00:02:00\" } }", "names the setting Work:lease twice.")]
    public void A_file_that_cannot_be_read_is_named_with_the_place(string text, string says)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, text);

        var refusal = Should.Throw<SettingsException>(() => SettingsSources.Read(Path.GetTempPath(), "Production", [file], []));

        refusal.Faults.ShouldHaveSingleItem().ToString().ShouldStartWith($"{file} {says}");
        File.Delete(file);
    }

    [Theory]
    [InlineData("urls", "http://0.0.0.0:8080;https://+:8443", "http://localhost:8080/")]
    [InlineData("Kestrel:Endpoints:Main:Url", "http://*:7000", "http://localhost:7000/")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "8081", "http://localhost:8081/")]
    [InlineData("other", "x", "http://localhost:5000/")]
    public void The_services_own_address_is_read_as_NET_reads_it(string key, string value, string address)
    {
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager();
        SettingsSources.Use(configuration, new Dictionary<string, string?> { [key] = value });

        OwnAddress.Of(configuration).ToString().ShouldBe(address);
    }

    private static IReadOnlyList<SettingsFault> Find(string key, string value) => SettingsShape.Find(new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { [key] = value });
}
