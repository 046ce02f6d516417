using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Flurl;
using Flurl.Http;

namespace WecomBridge.Wecom.Api;

/// <summary>One call on its way to the platform.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Api">Path under <c>cgi-bin/</c>.</param>
/// <param name="Query">Query parameters; values may be secret.</param>
/// <param name="Body">Request model; null for none.</param>
/// <param name="Secrets">Texts that no message may show.</param>
internal sealed record WecomCall(HttpMethod Method, string Api, IReadOnlyList<KeyValuePair<string, string>> Query, object? Body, IReadOnlyList<string> Secrets);

/// <summary>The one place that speaks HTTP with the platform: writes JSON, reads it with patience, turns everything that goes wrong into a <see cref="WecomException"/>.</summary>
/// <remarks>Flurl's exceptions carry the whole address, secrets included, so none of them leaves this class.</remarks>
public sealed class WecomTransport : IDisposable
{
    private const int MaxPlatformTextChars = 512;
    private const int MaxAnswerBytes = 32 * 1024 * 1024;

    /// <summary>Twenty megabytes take longer than a line of JSON.</summary>
    private const int FileTimeoutFactor = 12;

    private readonly FlurlClient _http;
    private readonly string _baseUrl;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    /// <summary>Takes over a client, whose own time-out is switched off: it would cap the one given here.</summary>
    /// <param name="http">A client that follows no redirects; used by nobody else.</param>
    /// <param name="baseUrl">The platform's address without <c>cgi-bin</c>.</param>
    /// <param name="time">Clock of the time-outs.</param>
    /// <param name="timeout">Longest one exchange may take, answer included; one that carries a file may take twelve times as long. Default 5 s.</param>
    public WecomTransport(HttpClient http, Uri baseUrl, TimeProvider time, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(baseUrl);
        http.Timeout = Timeout.InfiniteTimeSpan;
        http.MaxResponseContentBufferSize = MaxAnswerBytes;
        _http = new FlurlClient(http);
        _baseUrl = baseUrl.AbsoluteUri;
        _time = time;
        _timeout = timeout ?? TimeSpan.FromSeconds(5);
    }

    /// <summary>Ends the client taken over.</summary>
    public void Dispose() => _http.Dispose();

    /// <summary>Makes one exchange. A business failure is a returned answer; everything else throws.</summary>
    /// <exception cref="WecomException">No readable answer came.</exception>
    internal async Task<T> SendAsync<T>(WecomCall call, CancellationToken ct)
        where T : WecomResponse, new()
    {
        var longest = call.Body is IFormRequest || typeof(IFileAnswer).IsAssignableFrom(typeof(T)) ? _timeout * FileTimeoutFactor : _timeout;
        using var deadline = new CancellationTokenSource(longest, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, ct);
        try
        {
            using var response = await ExchangeAsync(call, either.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
            return typeof(IFileAnswer).IsAssignableFrom(typeof(T)) && IsFile(response, body) ? FileOf<T>(response, body) : Read<T>(call, response.StatusCode, body);
        }
        catch (Exception failure) when (failure is FlurlHttpException or HttpRequestException or OperationCanceledException or IOException)
        {
            // Flurl wraps cancellations; whose it was is told by the tokens alone.
            ct.ThrowIfCancellationRequested();
            throw deadline.IsCancellationRequested ? TimedOut(call, longest) : Unreachable(call, failure);
        }
    }

    /// <summary>The exception for an answer that says no.</summary>
    internal static WecomException Refused(WecomCall call, WecomResponse answer, TimeSpan? retryAfter = null)
    {
        var info = WecomErrorCodes.Find(answer.ErrorCode);
        return new WecomException(info.Failure, call.Api, answer.ErrorCode, $"{call.Api} was refused with {answer.ErrorCode}: {info.Meaning}.")
        {
            PlatformText = Masked(call, answer.ErrorMessage),
            RetryAfter = retryAfter,
        };
    }

    private Task<HttpResponseMessage> ExchangeAsync(WecomCall call, CancellationToken ct)
    {
        var url = new Url(Url.Combine(_baseUrl, "cgi-bin", call.Api));
        foreach (var (name, value) in call.Query) url.SetQueryParam(name, value);

        return _http.Request(url).AllowAnyHttpStatus().SendAsync(call.Method, ContentOf(call.Body), ct, HttpCompletionOption.ResponseContentRead);
    }

    private static HttpContent? ContentOf(object? body)
    {
        if (body is null) return null;
        if (body is IFormRequest form) return form.CreateContent();
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), WecomJson.Options));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        return content;
    }

    /// <summary>A file that happens to be JSON has a disposition; a refusal has none, whatever type it is given.</summary>
    private static bool IsFile(HttpResponseMessage response, byte[] body)
    {
        if (!IsSuccess(response.StatusCode) || body.Length == 0) return false;
        var headers = response.Content.Headers;
        if (headers.ContentDisposition is not null) return true;
        return headers.ContentType?.MediaType is { } type && !type.Contains("json", StringComparison.OrdinalIgnoreCase) && !type.StartsWith("text/", StringComparison.OrdinalIgnoreCase);
    }

    private static T FileOf<T>(HttpResponseMessage response, byte[] body)
        where T : WecomResponse, new()
    {
        var answer = new T { RawBody = body };
        ((IFileAnswer)answer).Take(response.Content.Headers);
        return answer;
    }

    private static T Read<T>(WecomCall call, HttpStatusCode status, byte[] body)
        where T : WecomResponse, new()
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && TryReadErrorCode(root, out var errorCode) && (errorCode != WecomErrorCodes.Ok || MaySucceed<T>(status)))
            {
                // A refusal may carry empty default fields of any shape, so only its code and text are read.
                var answer = errorCode == WecomErrorCodes.Ok ? root.Deserialize<T>(WecomJson.Options)! : new T();
                answer.ErrorCode = errorCode;
                answer.ErrorMessage = root.TryGetProperty("errmsg", out var text) ? WecomJson.Text(text) : null;
                answer.RawBody = body;
                return answer;
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // The parser's own text quotes the body, which may be personal: only the fact is kept.
        }

        throw IsSuccess(status) ? Unreadable(call) : UnexpectedStatus(call, status);
    }

    /// <summary>Absent means 0; null or something that is no number means that the answer cannot be trusted.</summary>
    private static bool TryReadErrorCode(JsonElement root, out int errorCode)
    {
        errorCode = WecomErrorCodes.Ok;
        if (!root.TryGetProperty("errcode", out var element)) return true;
        if (element.ValueKind is not (JsonValueKind.Number or JsonValueKind.String)) return false;
        if (WecomJson.WholeNumber(element) is not (>= int.MinValue and <= int.MaxValue and var code)) return false;
        errorCode = (int)code;
        return true;
    }

    /// <summary>JSON that says yes is no file.</summary>
    private static bool MaySucceed<T>(HttpStatusCode status) => IsSuccess(status) && !typeof(IFileAnswer).IsAssignableFrom(typeof(T));

    private static bool IsSuccess(HttpStatusCode status) => (int)status is >= 200 and < 300;

    private static WecomException Unreadable(WecomCall call) =>
        new(WecomFailure.Transient, call.Api, errorCode: null, $"{call.Api} was answered with something that is no WeCom answer.") { OutcomeUnknown = true };

    private static WecomException UnexpectedStatus(WecomCall call, HttpStatusCode status)
    {
        var (failure, unknown) = (int)status switch
        {
            429 => (WecomFailure.Throttled, false),
            408 or >= 500 => (WecomFailure.Transient, true),
            // 404 with an empty body is the platform's answer to a wrong path; redirects are not followed.
            _ => (WecomFailure.Rejected, false),
        };
        return new WecomException(failure, call.Api, errorCode: null, $"{call.Api} was answered with HTTP {(int)status} and no WeCom answer.") { OutcomeUnknown = unknown };
    }

    private static WecomException TimedOut(WecomCall call, TimeSpan longest) =>
        new(WecomFailure.Transient, call.Api, errorCode: null, $"{call.Api} was not answered within {longest.TotalSeconds:0.###} s.") { OutcomeUnknown = true };

    private static WecomException Unreachable(WecomCall call, Exception failure)
    {
        var network = failure as HttpRequestException ?? failure.InnerException as HttpRequestException;
        var error = network?.HttpRequestError ?? HttpRequestError.Unknown;
        var neverSent = error is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
        return new WecomException(WecomFailure.Transient, call.Api, errorCode: null, $"{call.Api} could not be exchanged: {error}.", network) { OutcomeUnknown = !neverSent };
    }

    private static string? Masked(WecomCall call, string? text)
    {
        if (text is null) return null;
        var masked = new StringBuilder(text);
        foreach (var secret in call.Secrets)
        {
            if (secret.Length > 0) masked.Replace(secret, "***");
        }

        return masked.Length > MaxPlatformTextChars ? masked.ToString(0, MaxPlatformTextChars) : masked.ToString();
    }
}
