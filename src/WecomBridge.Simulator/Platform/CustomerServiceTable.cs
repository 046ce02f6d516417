namespace WecomBridge.Simulator.Platform;

/// <summary>A message to a customer-service account.</summary>
internal sealed record ServiceMessage(int Number, string Id, string ExternalUserId, string Text, DateTimeOffset At);

/// <summary>Customer-service accounts and what customers wrote to them; guarded by the corp's lock.</summary>
internal sealed class CustomerServiceTable
{
    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(10);
    private readonly Dictionary<string, List<ServiceMessage>> _messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Account, DateTimeOffset At)> _tokens = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Accounts => _messages.Keys;

    public void Add(string account, string id, string externalUserId, string text, DateTimeOffset now, string token)
    {
        if (!_messages.TryGetValue(account, out var list)) _messages[account] = list = [];
        list.Add(new ServiceMessage(list.Count + 1, id, externalUserId, text, now));
        _tokens[token] = (account, now);
    }

    /// <summary>Messages behind a place that are not older than told.</summary>
    public IEnumerable<ServiceMessage> After(string account, int number, DateTimeOffset oldest) => _messages[account].Skip(number).Where(m => m.At >= oldest);

    public bool IsToken(string token, string account, DateTimeOffset now) => _tokens.TryGetValue(token, out var known) && known.Account == account && now - known.At <= TokenLife;
}
