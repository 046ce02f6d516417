using System.Text.Json.Nodes;

namespace WecomBridge.Simulator.Control;

/// <summary>Control calls about the callback configuration.</summary>
internal static class CallbackCalls
{
    public static IEnumerable<ControlCall> All =>
    [
        ControlCall.Happens("callbacks/raw", "plaintext", "Calls back with a plaintext written by hand.", r => [r.Corp.SendRaw(r.Need("plaintext"))]),
        ControlCall.Plain("POST", "callbacks/url", "app?, url? (none: stop calling back)", "Sets where an app is called back.", r =>
        {
            r.App.CallbackUrl = r.Text("url") is { } url ? new Uri(url) : null;
            return null;
        }),
        new("POST", "callbacks/verify", "app?", "Makes the GET of the console's save button; accepted, or why not.", async r =>
        {
            var refusal = await r.Corp.VerifyCallbackAsync(r.App.Name, r.Stopped).ConfigureAwait(false);
            return new JsonObject { ["accepted"] = refusal is null, ["reason"] = refusal };
        }),
    ];
}
