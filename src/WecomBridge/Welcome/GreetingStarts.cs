using WecomBridge.Wecom.Api;

namespace WecomBridge.Welcome;

/// <summary>The calls of one greeting that really left.</summary>
internal sealed class GreetingCalls
{
    /// <summary>When the first began; null when none did.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    public int Count { get; private set; }

    public void Started(DateTimeOffset at)
    {
        StartedAt ??= at;
        Count++;
    }
}

/// <summary>Sees when the calls that greet begin: what they wait for before, a token or their turn, is not yet a call.</summary>
/// <remarks>An exchange belongs to the greeting in whose flow it is made.</remarks>
internal sealed class GreetingStarts(TimeProvider time) : IWecomInterceptor
{
    private readonly AsyncLocal<GreetingCalls?> _current = new();

    /// <summary>Begins to count for the caller's flow, until the caller returns.</summary>
    public GreetingCalls Watch() => _current.Value = new GreetingCalls();

    public void Starting(in WecomExchange exchange)
    {
        if (exchange.Api == WecomPaths.SendWelcomeMessage) _current.Value?.Started(time.GetUtcNow());
    }

    public void Finished(in WecomExchange exchange, in WecomOutcome outcome)
    {
    }

    public void Withheld(in WecomExchange exchange)
    {
    }
}
