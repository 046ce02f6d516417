namespace WecomBridge.Wecom.Api;

/// <summary>Calls of one app: adds the token, and repeats once with a fresh one when the platform refuses the token.</summary>
public sealed class WecomClient(WecomTransport transport, AccessTokenSource tokens) : IWecomClient
{
    /// <inheritdoc />
    public async Task<TResponse> ExecuteAsync<TResponse>(WecomRequest<TResponse> request, CancellationToken ct)
        where TResponse : WecomResponse, new()
    {
        ArgumentNullException.ThrowIfNull(request);
        var token = await tokens.GetAsync(ct).ConfigureAwait(false);
        var (call, answer) = await SendAsync(token, request, ct).ConfigureAwait(false);
        if (WecomErrorCodes.IsTokenFailure(answer.ErrorCode))
        {
            token = await tokens.ReplaceAsync(token, ct).ConfigureAwait(false);
            (call, answer) = await SendAsync(token, request, ct).ConfigureAwait(false);
        }

        return answer.IsSuccessful() ? answer : throw WecomTransport.Refused(call, answer);
    }

    private async Task<(WecomCall Call, TResponse Answer)> SendAsync<TResponse>(AccessToken token, WecomRequest<TResponse> request, CancellationToken ct)
        where TResponse : WecomResponse, new()
    {
        string[] secrets = request.Secret is { } secret ? [token.Value, secret] : [token.Value];
        List<KeyValuePair<string, string>> query = [new("access_token", token.Value)];
        foreach (var (name, value) in request.Query)
        {
            if (value is not null) query.Add(new(name, value));
        }

        var call = new WecomCall(request.Api.Method, request.Api.Path, query, request.Api.Method == HttpMethod.Post ? request : null, secrets);
        return (call, await transport.SendAsync<TResponse>(call, ct).ConfigureAwait(false));
    }
}
