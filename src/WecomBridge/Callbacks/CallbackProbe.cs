using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Callbacks;

/// <summary>What came of a probe.</summary>
/// <param name="Status">HTTP status; null without an answer.</param>
/// <param name="Elapsed">Until the answer, or until there was none.</param>
/// <param name="Fault">What is wrong, to follow the address in a sentence; null when nothing is.</param>
/// <param name="Remedy">What to do about it, when the answer tells.</param>
internal sealed record ProbeAnswer(int? Status, TimeSpan Elapsed, string? Fault = null, string? Remedy = null);

/// <summary>Calls a callback address as WeCom does, with keys from the settings.</summary>
internal sealed class CallbackProbe(HttpClient client, TimeProvider time)
{
    /// <summary>How long WeCom's console waits for the verification (callback configuration, developer page 90930).</summary>
    public static readonly TimeSpan VerificationWithin = TimeSpan.FromSeconds(1);

    /// <summary>The callback address of an app below a service's address; one that names <c>/callback/</c> already is taken as it is.</summary>
    public static Uri AddressOf(Uri service, string corp, string app) =>
        service.AbsolutePath.Contains("/callback/", StringComparison.Ordinal) ? service : new Uri(service.GetLeftPart(UriPartial.Path).TrimEnd('/') + $"/callback/{corp}/{app}");

    /// <summary>The GET by which the console verifies an address.</summary>
    public Task<ProbeAnswer> VerifyAsync(Uri url, CallbackCrypto crypto, CancellationToken cancellationToken)
    {
        var text = RandomNumberGenerator.GetString("0123456789", 19);
        var echo = crypto.Seal(Encoding.UTF8.GetBytes(text));
        return AskAsync(new HttpRequestMessage(HttpMethod.Get, $"{Signed(url, crypto, echo)}&echostr={Uri.EscapeDataString(echo)}"), answer => answer == text, cancellationToken);
    }

    /// <summary>A callback with this plaintext.</summary>
    public Task<ProbeAnswer> SendAsync(Uri url, CallbackCrypto crypto, string corpId, string plaintext, CancellationToken cancellationToken)
    {
        var encrypt = crypto.Seal(Encoding.UTF8.GetBytes(plaintext));
        var body = $"<xml><ToUserName><![CDATA[{corpId}]]></ToUserName><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>";
        return AskAsync(new HttpRequestMessage(HttpMethod.Post, Signed(url, crypto, encrypt)) { Content = new StringContent(body, Encoding.UTF8, "text/xml") }, _ => true, cancellationToken);
    }

    private string Signed(Uri url, CallbackCrypto crypto, string encrypt)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var nonce = RandomNumberGenerator.GetString("0123456789", 10);
        return $"{url}?msg_signature={crypto.Sign(timestamp, nonce, encrypt)}&timestamp={timestamp}&nonce={nonce}";
    }

    private async Task<ProbeAnswer> AskAsync(HttpRequestMessage request, Func<string, bool> isExpected, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using (request)
        {
            try
            {
                using var response = await client.SendAsync(request, cancellationToken);
                var body = await response.Content.ReadAsStringAsync(cancellationToken);
                var (fault, remedy) = response.StatusCode == HttpStatusCode.OK ? (isExpected(body) ? default : Strange) : Explain(response.StatusCode);
                return new ProbeAnswer((int)response.StatusCode, time.GetElapsedTime(started), fault, remedy);
            }
            catch (HttpRequestException failure)
            {
                var (fault, remedy) = Explain(failure.HttpRequestError);
                return new ProbeAnswer(null, time.GetElapsedTime(started), fault, remedy);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return new ProbeAnswer(null, time.GetElapsedTime(started), $"gave no answer within {client.Timeout.TotalSeconds:0} s.");
            }
        }
    }

    private static (string?, string?) Strange => ("answered 200 with something else than the decrypted text.", "Something in between answers for the service, such as a proxy's login or error page: let the path /callback/ pass to the service unchanged.");

    private static (string? Fault, string? Remedy) Explain(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => ("answered 404: no such corp and app there.", "Compare the names in the address with Wecom:Corps of the running service, and see that the proxy passes the path /callback/ on unchanged."),
        HttpStatusCode.Forbidden => ("answered 403: the service there has another Token, EncodingAesKey or receiver id.", "Restart the service with these settings, or run this with the settings that it has."),
        HttpStatusCode.BadRequest => ("answered 400: the signed parameters did not reach the service.", "Let the proxy pass the query string on unchanged."),
        HttpStatusCode.RequestEntityTooLarge => ("answered 413: the body is larger than the service or a proxy takes.", "Raise the proxy's limit to 256 KiB, and Callbacks:MaxBodyBytes if it was lowered."),
        >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => ($"answered {(int)status}, a redirect, which WeCom does not follow.", "Name the address that it leads to."),
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => ($"answered {(int)status}: a proxy is there, and behind it the service did not answer.", "Start the service, or mend the proxy's way to it."),
        _ => ($"answered {(int)status}.", null),
    };

    private static (string Fault, string? Remedy) Explain(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => ("has a host name that does not resolve.", "Correct the name, or its DNS entry."),
        HttpRequestError.SecureConnectionError => ("has a certificate that is not trusted, or speaks no TLS.", "Renew the certificate, with its chain; WeCom trusts public ones only."),
        HttpRequestError.ConnectionError => ("cannot be connected to.", null),
        _ => ($"broke the connection off without an answer ({error}).", "See the service's log: it breaks off when it can make the event durable neither at the broker nor in the spool."),
    };
}
