using WecomBridge.Contracts;

namespace WecomBridge.Tests.Contracts;

public sealed class UtcTimeTests
{
    [Theory]
    [InlineData("2023-11-14T22:13:20Z", "2023-11-14T22:13:20Z")]
    [InlineData("2023-11-15T06:13:20+08:00", "2023-11-14T22:13:20Z")]
    [InlineData("2023-11-14T22:13:20.0009999Z", "2023-11-14T22:13:20Z")]
    [InlineData("2023-11-14T22:13:20.001Z", "2023-11-14T22:13:20.001Z")]
    [InlineData("2023-11-14T22:13:20.9999999Z", "2023-11-14T22:13:20.999Z")]
    public void Times_are_UTC_and_whole_seconds_or_milliseconds(string time, string written) =>
        UtcTimeConverter.Format(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(written);
}
