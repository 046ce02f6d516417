namespace WecomBridge.Wecom.Api;

/// <summary>The platform as one app sees it. One instance per app and lane; safe for concurrent use.</summary>
public interface IWecomClient
{
    /// <summary>Makes a call. It is repeated in here only after a token failure, once.</summary>
    /// <returns>The answer; the platform did what was asked.</returns>
    /// <exception cref="WecomException">Whatever the platform, its limits or the network refuse.</exception>
    /// <exception cref="OperationCanceledException">The caller's token asked for it, and nothing else did.</exception>
    Task<TResponse> ExecuteAsync<TResponse>(WecomRequest<TResponse> request, CancellationToken ct)
        where TResponse : WecomResponse, new();
}

/// <summary>Hands out the clients of an app.</summary>
public interface IWecomClientFactory
{
    /// <summary>The one client of an app in a lane.</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Denied"/> when no such app with a secret is configured.</exception>
    IWecomClient For(string corp, string app, CallLane lane);
}
