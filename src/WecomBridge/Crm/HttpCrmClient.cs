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
/// <remarks>A question does not end with the caller who put it: it runs to its answer or its time-out, so that the breaker sees how slow the CRM is and the next caller has the answer.</remarks>
internal sealed class HttpCrmClient : ICrmClient, IDisposable
{
    public const string HttpClientName = "crm";
    private const string Source = "http";
    private const int MaxAnswerBytes = 1024 * 1024;

    private readonly HttpClient _http;
    private readonly HttpCrmOptions _options;
    private readonly ILogger<HttpCrmClient> _logger;
    private readonly CrmCache _cache;
    private readonly ResiliencePipeline _pipeline;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<Answer>> _underWay = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private int _ended;

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

    public async Task<CrmFinding> FindAsync(CrmQuery query, CancellationToken cancellationToken)
    {
        var asked = CrmResult.NotAsked;
        if (query.UnionId is { Length: > 0 } unionId && _options.FindByUnionId is { } byUnionId)
        {
            var finding = await AskAsync(byUnionId.Replace("{unionId}", Uri.EscapeDataString(unionId), StringComparison.Ordinal), query, CrmKey.UnionId, cancellationToken);
            if (finding.Result != CrmResult.Nobody) return finding;
            asked = CrmResult.Nobody;
        }

        return _options.FindByMobile is { } byMobile ? await FindByMobileAsync(byMobile, query, asked, cancellationToken) : new CrmFinding(asked);
    }

    /// <summary>A question ends on its own, also when nobody waits for it any more.</summary>
    public void Dispose()
    {
        // The container knows the client by two names and ends it under each.
        if (Interlocked.Exchange(ref _ended, 1) == 1) return;
        _stopping.Cancel();
        _stopping.Dispose();
    }

    /// <summary>Two numbers of one remark that lead to two records are as ambiguous as one number that does.</summary>
    private async Task<CrmFinding> FindByMobileAsync(string template, CrmQuery query, CrmResult asked, CancellationToken cancellationToken)
    {
        var found = new CrmFinding(asked);
        foreach (var mobile in query.Mobiles.Where(m => !string.IsNullOrWhiteSpace(m)).Distinct(StringComparer.Ordinal))
        {
            var finding = await AskAsync(template.Replace("{mobile}", Uri.EscapeDataString(mobile), StringComparison.Ordinal), query, CrmKey.Mobile, cancellationToken);
            if (finding.Result == CrmResult.Several) return finding;
            if (finding.Match is { } match && found.Match is { } before && before.Id != match.Id)
            {
                _logger.Ambiguous(query.ExternalUserId, CrmKey.Mobile);
                return new CrmFinding(CrmResult.Several);
            }

            if (found.Match is null) found = finding;
        }

        return found;
    }

    private async Task<CrmFinding> AskAsync(string question, CrmQuery query, CrmKey key, CancellationToken cancellationToken)
    {
        if (query.Fresh || !_cache.TryGet(question, out var record, out var age))
        {
            var answer = await AskOnceAsync(question, query.Fresh).WaitAsync(cancellationToken);
            if (answer.Failure is { } failure) throw new CrmException(failure.Failure, failure.Message, failure);
            if (answer.Count > 1)
            {
                _logger.Ambiguous(query.ExternalUserId, key);
                return new CrmFinding(CrmResult.Several);
            }

            (record, age) = (answer.Record, TimeSpan.Zero);
        }

        if (record is null) return new CrmFinding(CrmResult.Nobody);
        var confidence = key == CrmKey.UnionId ? CrmConfidence.Certain : CrmConfidence.Likely;
        return new CrmFinding(CrmResult.One, new CrmMatch { Id = record.Id, Fields = record.Fields, MatchedBy = key, Confidence = confidence, Source = Source, Age = age });
    }

    /// <summary>A question that is under way is shared, but not by who wants a fresh answer: it may have begun too early.</summary>
    private Task<Answer> AskOnceAsync(string question, bool fresh)
    {
        if (fresh) return AnswerAsync(question, isShared: false);
        lock (_lock)
        {
            return _underWay.TryGetValue(question, out var answer) ? answer : _underWay[question] = AnswerAsync(question, isShared: true);
        }
    }

    private async Task<Answer> AnswerAsync(string question, bool isShared)
    {
        // The caller may hold the lock: what follows runs without it.
        await Task.Yield();
        try
        {
            var (count, record) = await ReadAsync(question, _stopping.Token);
            if (count <= 1) _cache.Put(question, record);
            return new Answer(count, record, Failure: null);
        }
        catch (CrmException failure)
        {
            // A value, for there may be nobody left to catch it.
            return new Answer(0, Record: null, failure);
        }
        finally
        {
            if (isShared)
            {
                lock (_lock) _underWay.Remove(question);
            }
        }
    }

    private sealed record Answer(int Count, CrmRecord? Record, CrmException? Failure);

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
