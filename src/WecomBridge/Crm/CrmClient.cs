namespace WecomBridge.Crm;

/// <summary>Who a customer of WeCom is in the CRM: asks by one key after the other, the strongest first, and never merges.</summary>
internal sealed class CrmClient(ICrmConnector connector, CrmGuard guard, CrmOptions options, TimeProvider time, ILogger<CrmClient> logger) : ICrmClient, IDisposable
{
    /// <summary>From the key that names one person to the one that staff may have mistyped.</summary>
    private static readonly CrmKey[] StrongestFirst = [CrmKey.ExternalUserId, CrmKey.UnionId, CrmKey.MemberNumber, CrmKey.Mobile];

    private readonly CrmQuestions _questions = new(connector, guard.Questions, options.Calls, time);
    private readonly MemberNumber _memberNumber = new(options.MemberNumber);

    public async Task<CrmFinding> FindAsync(CrmQuery query, CancellationToken cancellationToken)
    {
        var found = new CrmFinding(CrmResult.NotAsked);
        foreach (var key in StrongestFirst.Where(connector.Asks))
        {
            var values = ValuesOf(query, key);
            if (values.Count == 0) continue;
            if (found.Match is null)
            {
                found = await FindByAsync(key, values, query, cancellationToken);
                if (found.Result == CrmResult.Several || (found.Match is not null && query.Quick)) return found;
            }
            else if (await DisagreesAsync(key, values, query, found.Match, cancellationToken))
            {
                logger.KeysDisagree(query.ExternalUserId, found.Match.MatchedBy, key);
                found = found with { Conflicts = [.. found.Conflicts, key] };
            }
        }

        return found;
    }

    public CrmWrite? Prepare(string? id, CrmContent content) => connector.Prepare(id, content);

    public Task WriteAsync(CrmWrite write, string key, CancellationToken cancellationToken) =>
        guard.Writes.RunAsync(
            async token =>
            {
                await connector.WriteAsync(write, key, token);
                return true;
            },
            cancellationToken);

    public void Dispose() => _questions.Dispose();

    private IReadOnlyList<string> ValuesOf(CrmQuery query, CrmKey key)
    {
        IEnumerable<string> values = key switch
        {
            CrmKey.ExternalUserId => [query.ExternalUserId],
            CrmKey.UnionId => [query.UnionId ?? ""],
            CrmKey.MemberNumber => _memberNumber.In(query),
            _ => query.Mobiles,
        };
        return [.. values.Where(value => !string.IsNullOrWhiteSpace(value)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Two numbers of one customer that lead to two records are as ambiguous as one number that does.</summary>
    private async Task<CrmFinding> FindByAsync(CrmKey key, IReadOnlyList<string> values, CrmQuery query, CancellationToken cancellationToken)
    {
        CrmMatch? match = null;
        foreach (var value in values)
        {
            var (records, age) = await _questions.AskAsync(key, value, query, cancellationToken);
            if (records.Count > 1 || (records.Record is { } other && match is not null && match.Id != other.Id))
            {
                logger.Ambiguous(query.ExternalUserId, key);
                return new CrmFinding(CrmResult.Several);
            }

            if (records.Record is { } record) match ??= MatchOf(record, key, age);
        }

        return match is null ? new CrmFinding(CrmResult.Nobody) : new CrmFinding(CrmResult.One, match);
    }

    /// <summary>A weaker key that fails, finds nobody or finds several says nothing against the stronger.</summary>
    private async Task<bool> DisagreesAsync(CrmKey key, IReadOnlyList<string> values, CrmQuery query, CrmMatch match, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var value in values)
            {
                var (records, _) = await _questions.AskAsync(key, value, query, cancellationToken);
                if (records.Record is { } other && other.Id != match.Id) return true;
            }
        }
        catch (CrmException)
        {
            // The customer is found; what else the CRM would say is not worth waiting for.
        }

        return false;
    }

    private CrmMatch MatchOf(CrmRecord record, CrmKey key, TimeSpan age) => new()
    {
        Id = record.Id,
        Fields = record.Fields,
        MatchedBy = key,
        Confidence = key is CrmKey.ExternalUserId or CrmKey.UnionId ? CrmConfidence.Certain : CrmConfidence.Likely,
        Source = connector.Source,
        Age = age,
    };
}
