using System.Runtime.InteropServices;

namespace WecomBridge.Wecom.Api;

/// <summary>One exchange with the platform, as an observer may see it: no secret, no token, no content.</summary>
/// <param name="Corp">Configured name of the corp.</param>
/// <param name="App">Configured name of the app.</param>
/// <param name="Api">Path under <c>cgi-bin/</c>.</param>
/// <param name="Lane">How urgent.</param>
/// <param name="Attempt">1, or 2 for the one repetition with a fresh token.</param>
/// <param name="Waited">How long the call waited for its turn.</param>
public readonly record struct WecomExchange(string Corp, string App, string Api, CallLane Lane, int Attempt, TimeSpan Waited);

/// <summary>How an exchange ended.</summary>
/// <param name="ErrorCode">The platform's <c>errcode</c>, 0 for success; null when no readable answer came.</param>
/// <param name="Failure">What a caller may do next; null for success, and when the caller itself gave up.</param>
/// <param name="Duration">From the request's beginning to the answer's end.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct WecomOutcome(int? ErrorCode, WecomFailure? Failure, TimeSpan Duration);

/// <summary>Sees every exchange. Called in the call's own path: it must be quick and must not throw.</summary>
public interface IWecomInterceptor
{
    /// <summary>An exchange begins.</summary>
    void Starting(in WecomExchange exchange);

    /// <summary>An exchange has ended.</summary>
    void Finished(in WecomExchange exchange, in WecomOutcome outcome);

    /// <summary>A call was not made: its budget is spent or its API closed. <see cref="WecomExchange.Waited"/> tells how long it waited for nothing.</summary>
    void Withheld(in WecomExchange exchange);
}
