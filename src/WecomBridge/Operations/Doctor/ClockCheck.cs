using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;

namespace WecomBridge.Operations;

/// <summary>WeCom's API can be reached, and its clock and ours agree: the deadline of a greeting is reckoned from WeCom's.</summary>
internal sealed class ClockCheck(IOptions<WecomOptions> wecom, IHttpClientFactory http, TimeProvider time) : IDoctorCheck
{
    private static readonly TimeSpan Far = TimeSpan.FromSeconds(5);

    public string Name => "clock";

    public bool IsOfSettings => false;

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        using var client = http.CreateClient(DoctorRegistration.HttpClientName);
        var host = wecom.Value.ApiBaseUrl.Authority;
        try
        {
            var before = time.GetUtcNow();
            using var answer = await client.GetAsync(new Uri(wecom.Value.ApiBaseUrl, "cgi-bin/getcallbackip"), cancellationToken);
            var after = time.GetUtcNow();
            return [answer.Headers.Date is { } theirs ? Compare(host, theirs, before, after) : Finding.Warning("", $"{host} tells no time, so the clock could not be compared.", "See that it is WeCom that answers there (Wecom:ApiBaseUrl, proxy).")];
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var why = failure is HttpRequestException network ? network.HttpRequestError.ToString() : "no answer in time";
            return [Finding.Fault("", $"WeCom's API cannot be reached at {host} ({why}).", "Correct Wecom:ApiBaseUrl, or open the way from this machine to it (DNS, firewall, proxy).")];
        }
    }

    /// <summary>The answer names whole seconds and was written at some moment between the two.</summary>
    private static Finding Compare(string host, DateTimeOffset theirs, DateTimeOffset before, DateTimeOffset after)
    {
        var off = theirs > after ? theirs - after : theirs.AddSeconds(1) < before ? theirs.AddSeconds(1) - before : TimeSpan.Zero;
        if (off.Duration() <= Far) return Finding.Well("", $"{host} is reached in {(after - before).TotalMilliseconds:0} ms, and the clocks agree.");
        var way = off > TimeSpan.Zero ? "behind" : "ahead of";
        return Finding.Fault("", $"This machine's clock is {off.Duration().TotalSeconds:0} s {way} WeCom's; greetings would be {(off > TimeSpan.Zero ? "tried too late" : "given up too early")}.", "Let the clock be set by NTP (chrony, systemd-timesyncd).");
    }
}
