using WecomBridge.Operations;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Crm;

/// <summary>The one way to the CRM: only hosts that the settings name are ever called, redirects are answers like any other, and an answer has a bound.</summary>
internal sealed class HttpCrmTransport : IDisposable
{
    public const string HttpClientName = "crm";
    private const int MaxAnswerBytes = 1024 * 1024;
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly HttpClient _http;
    private readonly HashSet<string> _hosts;
    private readonly HashSet<string> _places;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _headers;
    private readonly HttpAuth _auth;
    private readonly TimeProvider _time;

    public HttpCrmTransport(IHttpClientFactory clients, HttpCrmOptions options, TimeProvider time, ILogger logger)
    {
        _time = time;
        _http = clients.CreateClient(HttpClientName);
        _http.Timeout = Timeout.InfiniteTimeSpan;
        _http.MaxResponseContentBufferSize = MaxAnswerBytes;
        _hosts = new HashSet<string>(options.AllowedHosts, StringComparer.OrdinalIgnoreCase);
        _places = new HashSet<string>([options.BaseUrl!.Authority, options.Auth.OAuth2?.TokenUrl?.Authority ?? options.BaseUrl.Authority], StringComparer.OrdinalIgnoreCase);
        _headers = [.. options.Headers.Select(header => KeyValuePair.Create(header.Key, SecretText.Resolve(header.Value)))];
        if (!options.Headers.Keys.Contains("Accept", StringComparer.OrdinalIgnoreCase)) _headers = [.. _headers, KeyValuePair.Create("Accept", "application/json")];
        _auth = new HttpAuth(options.Auth, options.Auth.OAuth2 is { TokenUrl: not null } oauth ? new OAuth2Token(oauth, ExchangeAsync, time, logger) : null);
    }

    /// <summary>Sends a request with credentials; once more when a token turned out to have ended.</summary>
    /// <param name="build">Makes the request, anew for each time it is sent.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CrmException">No answer, or the host is not one that may be called.</exception>
    public async Task<HttpReply> SendAsync(Func<HttpRequestMessage> build, CancellationToken cancellationToken)
    {
        using var request = build();
        var token = await _auth.ApplyAsync(request, cancellationToken);
        var reply = await ExchangeAsync(request, cancellationToken);
        if (reply.Status != 401 || token is null) return reply;

        _auth.Drop(token);
        using var again = build();
        await _auth.ApplyAsync(again, cancellationToken);
        return await ExchangeAsync(again, cancellationToken);
    }

    public void Dispose()
    {
        _auth.Dispose();
        _http.Dispose();
    }

    private async Task<HttpReply> ExchangeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!MayCall(request.RequestUri!)) throw new CrmException(WecomFailure.Rejected, "An address of the CRM leads to a host that may not be called.") { Advice = "Name the host in Crm:Http:AllowedHosts if it is the CRM's." };
        foreach (var (name, value) in _headers) request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            return new HttpReply((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken), WaitOf(response));
        }
        catch (HttpRequestException large) when (large.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new CrmException(WecomFailure.Rejected, $"The CRM's answer is larger than {MaxAnswerBytes / 1024} KiB.") { Advice = "Let the question ask for two records and few fields." };
        }
        catch (HttpRequestException exception)
        {
            // Its text names the address: only the kind is kept.
            throw new CrmException(WecomFailure.Transient, $"The CRM could not be reached: {exception.HttpRequestError}.");
        }
    }

    // Another port of the CRM's host is another program, which gets no credentials unless settings name the host.
    private bool MayCall(Uri address) => (_places.Contains(address.Authority) || _hosts.Contains(address.Host)) && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback);

    private TimeSpan? WaitOf(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter?.Delta ?? response.Headers.RetryAfter?.Date - _time.GetUtcNow();
        return wait is null ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait;
    }
}
