using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Operations;

/// <summary>Each app's secret gives a token, and WeCom takes calls with it from this address. A token that the service has is used.</summary>
internal sealed class TokenCheck(IOptions<WecomOptions> wecom, IWecomClientFactory clients) : IDoctorCheck
{
    public string Name => "token";

    public bool IsOfSettings => true;

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var found = new List<Finding>();
        foreach (var (corp, app) in Calling.Apps(wecom.Value)) found.Add(await LookAsync(corp, app, cancellationToken));
        return found.Count > 0 ? found : [Finding.Well("", "No app has a secret: nothing is called.")];
    }

    private async Task<Finding> LookAsync(string corp, string app, CancellationToken cancellationToken)
    {
        try
        {
            // Needs no right, but a token and a trusted address.
            await clients.For(corp, app, CallLane.Interactive).ExecuteAsync(new CgibinGetCallbackIpRequest(), cancellationToken);
            return Finding.Well($"{corp}/{app}", "The secret gives a token, and WeCom takes calls from this address.");
        }
        catch (WecomException refused)
        {
            return Calling.Refused(corp, app, refused);
        }
    }
}

/// <summary>Which apps call WeCom, and what its refusals say.</summary>
internal static class Calling
{
    /// <summary>Apps with a secret.</summary>
    public static IEnumerable<(string Corp, string App)> Apps(WecomOptions options) =>
        from corp in options.Corps
        from app in corp.Value.Apps
        where !string.IsNullOrEmpty(app.Value.Secret)
        select (corp.Key, app.Key);

    /// <summary>A refusal as a finding.</summary>
    public static Finding Refused(string corp, string app, WecomException refused) =>
        Finding.Fault($"{corp}/{app}", refused.Message, WecomErrorCodes.RemedyFor(refused.Remedy, corp, app));

    /// <summary>Refused is the token or the address: further calls would say the same.</summary>
    public static bool IsOfApp(WecomException refused) => refused.Api == WecomPaths.GetToken || refused.ErrorCode == WecomErrorCodes.UntrustedAddress || refused.ErrorCode is null;
}
