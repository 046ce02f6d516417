using System.Diagnostics.Metrics;
using WecomBridge.Telemetry;

namespace WecomBridge.Welcome;

/// <summary>Counts of greetings' media.</summary>
internal sealed class MediaMetrics
{
    private readonly Counter<long> _leftOut;

    public MediaMetrics(IMeterFactory meters) =>
        _leftOut = meters.Create(Meters.Bridge).CreateCounter<long>("wecombridge.welcome.attachments_left_out", "{attachment}", "Attachments that greetings went without because their media were not with WeCom");

    /// <summary>A greeting goes without so many attachments.</summary>
    public void LeftOut(int attachments) => _leftOut.Add(attachments);
}
