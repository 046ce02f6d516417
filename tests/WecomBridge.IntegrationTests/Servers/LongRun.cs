namespace WecomBridge.IntegrationTests.Servers;

/// <summary>Whether fault tests run in their full length (<c>WECOMBRIDGE_TESTS_LONG=1</c>) or in the short form of the test command.</summary>
internal static class LongRun
{
    public static bool Wanted => Environment.GetEnvironmentVariable("WECOMBRIDGE_TESTS_LONG") == "1";

    public static TimeSpan Or(this TimeSpan full, TimeSpan shortForm) => Wanted ? full : shortForm;

    public static int Or(this int full, int shortForm) => Wanted ? full : shortForm;
}
