using System.Text;
using System.Text.Json;
using WecomBridge.DeadLetters;
using WecomBridge.Replay;

namespace WecomBridge.Tests.Replay;

public sealed class ReplayTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Fact]
    public void A_replayed_event_differs_in_its_origin_and_in_nothing_else()
    {
        const string Body = """{"specversion":"1.0","id":"8f2c","wborigin":"callback","data":{"name":"张三 <b>","wborigin":"callback","list":[1,2.50],"none":null}}""";

        Encoding.UTF8.GetString(ReplayBody.Of(Encoding.UTF8.GetBytes(Body)).Span).ShouldBe(Body.Replace("\"id\":\"8f2c\",\"wborigin\":\"callback\"", "\"id\":\"8f2c\",\"wborigin\":\"replay\""));
    }

    [Fact]
    public void What_is_no_event_is_not_replayed() => Should.Throw<JsonException>(() => ReplayBody.Of("nothing"u8.ToArray()));

    [Theory]
    [InlineData(null, null, null, null, null, true)]
    [InlineData(0, 1, "customer.*", "acme", "wm1", true)]
    [InlineData(1, null, null, null, null, false)]
    [InlineData(null, 0, null, null, null, false)]
    [InlineData(null, null, "group.*", null, null, false)]
    [InlineData(null, null, null, "other", null, false)]
    [InlineData(null, null, null, null, "wm2", false)]
    public void Each_filter_holds(int? from, int? to, string? type, string? corp, string? customer, bool expected)
    {
        var filter = new ReplayFilter(from is { } f ? At.AddSeconds(f) : null, to is { } t ? At.AddSeconds(t) : null, type, corp, customer);

        filter.Matches(new Letter("wecom.log", "id", "customer.added", "", null, "acme", "wm1", 1), At).ShouldBe(expected);
    }
}
