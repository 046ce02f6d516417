namespace WecomBridge.Crm;

/// <summary>An answer with its age.</summary>
internal readonly record struct CrmAnswered(CrmRecords Records, TimeSpan Age);

/// <summary>Puts questions to the CRM: from memory where that is young enough, each under way once, a stale one renewed behind the caller's back.</summary>
/// <remarks>A question does not end with the caller who put it: it runs to its answer or its time-out, so that the breaker sees how slow the CRM is and the next caller has the answer.</remarks>
internal sealed class CrmQuestions(ICrmConnector connector, CrmBreaker guard, CrmCallOptions options, TimeProvider time) : IDisposable
{
    private readonly CrmCache _cache = new(options, time);
    private readonly Lock _lock = new();
    private readonly Dictionary<(CrmKey, string), Task<Outcome>> _underWay = [];
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>The records of a key's value.</summary>
    /// <param name="key">By what.</param>
    /// <param name="value">Personal.</param>
    /// <param name="query">For whom: whether what is remembered counts, and a stale answer too.</param>
    /// <param name="cancellationToken">Stops waiting; the question goes on.</param>
    /// <exception cref="CrmException">The CRM could not be asked.</exception>
    public async Task<CrmAnswered> AskAsync(CrmKey key, string value, CrmQuery query, CancellationToken cancellationToken)
    {
        var question = (key, value);
        if (!query.Fresh && _cache.Find(question, mayBeStale: query.Quick) is { } kept)
        {
            // The outcome is a value: nobody need wait for it.
            if (kept.IsStale) _ = AskOnce(question);
            return new CrmAnswered(kept.Records, kept.Age);
        }

        var outcome = await (query.Fresh ? AnswerAsync(question, isShared: false) : AskOnce(question)).WaitAsync(cancellationToken);
        if (outcome.Failure is { } failure) throw new CrmException(failure.Failure, failure.Message, failure) { RetryAfter = failure.RetryAfter, Advice = failure.Advice };
        return new CrmAnswered(outcome.Records, TimeSpan.Zero);
    }

    /// <summary>Ends what is under way.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private Task<Outcome> AskOnce((CrmKey, string) question)
    {
        lock (_lock)
        {
            return _underWay.TryGetValue(question, out var outcome) ? outcome : _underWay[question] = AnswerAsync(question, isShared: true);
        }
    }

    private async Task<Outcome> AnswerAsync((CrmKey Key, string Value) question, bool isShared)
    {
        var stopping = _stopping.Token;
        // The caller may hold the lock: what follows runs without it.
        await Task.Yield();
        try
        {
            var records = await guard.RunAsync(token => connector.AskAsync(question.Key, question.Value, token), stopping);
            _cache.Put(question, records);
            return new Outcome(records, Failure: null);
        }
        catch (CrmException failure)
        {
            // A value, for there may be nobody left to catch it.
            return new Outcome(CrmRecords.None, failure);
        }
        finally
        {
            if (isShared)
            {
                lock (_lock) _underWay.Remove(question);
            }
        }
    }

    private sealed record Outcome(CrmRecords Records, CrmException? Failure);
}
