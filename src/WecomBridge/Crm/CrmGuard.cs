using System.Diagnostics;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using WecomBridge.Telemetry;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Crm;

/// <summary>What stands between the service and a CRM in trouble. Questions and writes have each their own: a CRM that takes no writes still answers greetings.</summary>
internal sealed class CrmGuard(CrmCallOptions options, CrmMetrics metrics, TimeProvider time, ILogger logger)
{
    public CrmBreaker Questions { get; } = new(options, metrics, time, logger, "questions");

    public CrmBreaker Writes { get; } = new(options, metrics, time, logger, "writes");
}

/// <summary>A time-out for each exchange of a kind, and a breaker over all of them.</summary>
internal sealed class CrmBreaker
{
    private readonly CrmCallOptions _options;
    private readonly CrmMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly string _exchanges;
    private readonly ResiliencePipeline _pipeline;
    private long _openSince;
    private volatile string? _refusal;

    /// <param name="options">How long an exchange may take, and the CRM is left alone.</param>
    /// <param name="metrics">Told of each.</param>
    /// <param name="time">For all of it.</param>
    /// <param name="logger">Told when the breaker opens and closes.</param>
    /// <param name="exchanges">What is guarded, in the words of the log.</param>
    public CrmBreaker(CrmCallOptions options, CrmMetrics metrics, TimeProvider time, ILogger logger, string exchanges)
    {
        (_options, _metrics, _time, _exchanges) = (options, metrics, time, exchanges);
        _pipeline = Build(logger, exchanges);
    }

    /// <summary>Since when the CRM has been left alone; null while it answers.</summary>
    public DateTimeOffset? OpenSince => Interlocked.Read(ref _openSince) is var ticks and not 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>How the CRM last refused the service itself; null once it has let it in again.</summary>
    public string? Refusal => _refusal;

    /// <summary>Runs one exchange.</summary>
    /// <exception cref="CrmException">Also for what took too long or was not begun because the CRM is left alone.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> exchange, CancellationToken cancellationToken)
    {
        using var span = Traces.Start("crm " + _exchanges, ActivityKind.Client);
        var (started, outcome) = (_time.GetTimestamp(), "abandoned");
        try
        {
            var result = await _pipeline.ExecuteAsync(async token => await exchange(token), cancellationToken);
            _refusal = null;
            outcome = "ok";
            return result;
        }
        catch (CrmException refused)
        {
            outcome = refused.Failure.ToString().ToLowerInvariant();
            if (refused.Failure == WecomFailure.Denied) _refusal = refused.Message;
            throw;
        }
        catch (TimeoutRejectedException)
        {
            outcome = "timeout";
            throw new CrmException(WecomFailure.Transient, $"The CRM did not answer within {_options.Timeout.TotalSeconds:0.###} s.");
        }
        catch (BrokenCircuitException)
        {
            outcome = "left_alone";
            throw new CrmException(WecomFailure.Transient, "The CRM is left alone for a while after failing repeatedly.");
        }
        finally
        {
            _metrics.Ended(_exchanges, outcome, _time.GetElapsedTime(started));
            span?.SetTag("wecombridge.outcome", outcome);
            if (outcome != "ok") span.Fail(outcome);
        }
    }

    private ResiliencePipeline Build(ILogger logger, string exchanges) =>
        new ResiliencePipelineBuilder { TimeProvider = _time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = _options.BreakFor,
                ShouldHandle = new PredicateBuilder().Handle<TimeoutRejectedException>().Handle<CrmException>(e => e.Failure == WecomFailure.Transient),
                OnOpened = arguments =>
                {
                    Interlocked.CompareExchange(ref _openSince, _time.GetUtcNow().UtcTicks, 0);
                    logger.BreakerOpened(exchanges, arguments.BreakDuration.TotalSeconds);
                    return default;
                },
                OnClosed = _ =>
                {
                    Interlocked.Exchange(ref _openSince, 0);
                    logger.BreakerClosed(exchanges);
                    return default;
                },
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = _options.Timeout })
            .Build();
}
