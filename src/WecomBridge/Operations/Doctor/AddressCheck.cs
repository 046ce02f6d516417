using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Operations;

/// <summary>Each app's callback address answers the verification that WeCom's console makes when the address is saved.</summary>
internal sealed class AddressCheck(IOptions<WecomOptions> wecom, IConfiguration configuration, DoctorRequest request, IHttpClientFactory http, TimeProvider time) : IDoctorCheck
{
    public string Name => "address";

    public bool IsOfSettings => false;

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        if (request.Url is null && !Roles.Read(configuration).Contains(Role.Intake)) return [Finding.Skipped("", "This instance takes no callbacks; name the address of one that does with --url.")];
        var found = new List<Finding>();
        using var client = http.CreateClient(DoctorRegistration.HttpClientName);
        foreach (var (corp, corpOptions) in wecom.Value.Corps)
        {
            foreach (var (app, appOptions) in corpOptions.Apps)
            {
                var url = CallbackProbe.AddressOf(request.Url ?? OwnAddress.Of(configuration), corp, app);
                var key = appOptions.Keys[0];
                using var crypto = new CallbackCrypto(SecretText.Resolve(key.Token), SecretText.Resolve(key.EncodingAesKey), appOptions.ReceiverId ?? corpOptions.CorpId);
                var answer = await new CallbackProbe(client, time).VerifyAsync(url, crypto, cancellationToken);
                found.Add(Judge($"{corp}/{app}", url, answer));
            }
        }

        return found;
    }

    private Finding Judge(string app, Uri url, ProbeAnswer answer)
    {
        if (answer.Fault is { } fault)
            return Finding.Fault(app, $"{url} {fault}", answer.Remedy ?? (request.Url is null ? "Start the service, or name the address by which WeCom reaches it with --url." : "Mend the way from the internet to the service: DNS, firewall, proxy, certificate."));
        return answer.Elapsed > CallbackProbe.VerificationWithin
            ? Finding.Warning(app, $"{url} answered the verification after {answer.Elapsed.TotalSeconds:0.0} s, and WeCom's console waits one second.", "Look for what is slow between the internet and the service.")
            : Finding.Well(app, $"{url} answers WeCom's verification{(request.Url is null ? "; with --url the public address is tried" : "")}.");
    }
}
