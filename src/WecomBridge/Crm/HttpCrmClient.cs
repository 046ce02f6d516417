using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using WecomBridge.Operations;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Crm;

/// <summary>A CRM over HTTP: one GET per key, JSON pointers into the answer, a time-out, a breaker and a short memory.</summary>
internal sealed class HttpCrmClient : ICrmClient
{
    public const string HttpClientName = "crm";
    private const string Source = "http";
    private const int MaxAnswerBytes = 1024 * 1024;

    private readonly HttpClient _http;
    private readonly HttpCrmOptions _options;
    private readonly ILogger<HttpCrmClient> _logger;
    private readonly CrmCache _cache;
    private readonly ResiliencePipeline _pipeline;

    public HttpCrmClient(IHttpClientFactory clients, IOptions<CrmOptions> options, TimeProvider time, ILogger<HttpCrmClient> logger)
    {
        _options = options.Value.Http;
        _logger = logger;
        _cache = new CrmCache(_options.CacheFor, _options.CacheSize, time);
        _http = clients.CreateClient(HttpClientName);
        _http.BaseAddress = _options.BaseUrl;
        _http.Timeout = Timeout.InfiniteTimeSpan;
        _http.MaxResponseContentBufferSize = MaxAnswerBytes;
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (_options.Auth.Bearer is { } bearer) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SecretText.Resolve(bearer));
        _pipeline = BuildPipeline(_options, time, logger);
    }

    public async Task<CrmMatch?> FindAsync(CrmQuery query, CancellationToken cancellationToken)
    {
        if (query.UnionId is { Length: > 0 } unionId && _options.FindByUnionId is { } byUnionId)
        {
            var (outcome, match) = await AskAsync(byUnionId.Replace("{unionId}", Uri.EscapeDataString(unionId), StringComparison.Ordinal), query, CrmKey.UnionId, cancellationToken);
            if (outcome != Outcome.Nobody) return match;
        }

        return _options.FindByMobile is { } byMobile ? await FindByMobileAsync(byMobile, query, cancellationToken) : null;
    }

    /// <summary>Two numbers of one remark that lead to two records are as ambiguous as one number that does.</summary>
    private async Task<CrmMatch?> FindByMobileAsync(string template, CrmQuery query, CancellationToken cancellationToken)
    {
        CrmMatch? found = null;
        foreach (var mobile in query.Mobiles.Where(m => !string.IsNullOrWhiteSpace(m)).Distinct(StringComparer.Ordinal))
        {
            var (outcome, match) = await AskAsync(template.Replace("{mobile}", Uri.EscapeDataString(mobile), StringComparison.Ordinal), query, CrmKey.Mobile, cancellationToken);
            if (outcome == Outcome.Several) return null;
            if (match is null) continue;
            if (found is not null && found.Id != match.Id)
            {
                _logger.Ambiguous(query.ExternalUserId, CrmKey.Mobile);
                return null;
            }

            found ??= match;
        }

        return found;
    }

    private enum Outcome
    {
        Nobody,
        One,
        Several,
    }

    private async Task<(Outcome Outcome, CrmMatch? Match)> AskAsync(string question, CrmQuery query, CrmKey key, CancellationToken cancellationToken)
    {
        if (query.Fresh || !_cache.TryGet(question, out var record, out var age))
        {
            var (count, read) = await ReadAsync(question, cancellationToken);
            if (count > 1)
            {
                _logger.Ambiguous(query.ExternalUserId, key);
                return (Outcome.Several, null);
            }

            _cache.Put(question, read);
            (record, age) = (read, TimeSpan.Zero);
        }

        if (record is null) return (Outcome.Nobody, null);
        var confidence = key == CrmKey.UnionId ? CrmConfidence.Certain : CrmConfidence.Likely;
        return (Outcome.One, new CrmMatch { Id = record.Id, Fields = record.Fields, MatchedBy = key, Confidence = confidence, Source = Source, Age = age });
    }

    private async Task<(int Count, CrmRecord? Record)> ReadAsync(string question, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.ExecuteAsync(async token => await ExchangeAsync(question, token), cancellationToken);
        }
        catch (TimeoutRejectedException)
        {
            throw new CrmException(WecomFailure.Transient, $"The CRM did not answer within {_options.Timeout.TotalSeconds:0.###} s.");
        }
        catch (BrokenCircuitException)
        {
            throw new CrmException(WecomFailure.Transient, "The CRM is left alone for a while after failing repeatedly.");
        }
        catch (HttpRequestException exception)
        {
            throw new CrmException(WecomFailure.Transient, $"The CRM could not be reached: {exception.HttpRequestError}.");
        }
    }

    private async Task<(int Count, CrmRecord? Record)> ExchangeAsync(string question, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(new Uri(question, UriKind.Relative), cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound) return (0, null);
        if (!response.IsSuccessStatusCode) throw Refused((int)response.StatusCode);
        try
        {
            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return Extract(document.RootElement);
        }
        catch (JsonException)
        {
            // The parser's own text quotes the answer, which is personal: only the fact is kept.
            throw new CrmException(WecomFailure.Transient, "The CRM answered with something that is not JSON.");
        }
    }

    private (int Count, CrmRecord? Record) Extract(JsonElement root)
    {
        var idPointer = _options.Fields["id"];
        var count = JsonPointer.CountRecords(root, idPointer);
        if (count != 1) return (count, null);

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, pointer) in _options.Fields)
        {
            if (JsonPointer.Find(root, pointer) is { } element && Text(element) is { } text) fields[name] = text;
        }

        if (!fields.TryGetValue("id", out var id) || id.Length == 0) throw new CrmException(WecomFailure.Rejected, "The CRM's answer holds nothing where Crm:Http:Fields:id points.");
        return (1, new CrmRecord(id, fields));
    }

    private static string? Text(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        _ => null,
    };

    private static CrmException Refused(int status)
    {
        var failure = status switch
        {
            401 or 403 => WecomFailure.Denied,
            408 or 429 or >= 500 => WecomFailure.Transient,
            _ => WecomFailure.Rejected,
        };
        return new CrmException(failure, $"The CRM answered with HTTP {status}.");
    }

    private static ResiliencePipeline BuildPipeline(HttpCrmOptions options, TimeProvider time, ILogger logger) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = options.BreakFor,
                ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>().Handle<TimeoutRejectedException>().Handle<CrmException>(e => e.Failure == WecomFailure.Transient),
                OnOpened = arguments =>
                {
                    logger.BreakerOpened(arguments.BreakDuration.TotalSeconds);
                    return default;
                },
                OnClosed = _ =>
                {
                    logger.BreakerClosed();
                    return default;
                },
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = options.Timeout })
            .Build();
}
