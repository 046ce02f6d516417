using System.Text.Json;
using WecomBridge.Operations;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Crm;

/// <summary>The CRM's access token, by client credentials (RFC 6749, section 4.4). Tokens are fetched by one caller at a time and kept until shortly before their end.</summary>
/// <param name="options">Where and as whom.</param>
/// <param name="http">The exchange; answers of any status.</param>
/// <param name="time">For the token's end.</param>
/// <param name="logger">Told of a refusal.</param>
internal sealed class OAuth2Token(OAuth2Options options, Func<HttpRequestMessage, CancellationToken, Task<HttpReply>> http, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>A server that does not say how long its token lives, and the longest a token is trusted without being seen again.</summary>
    private static readonly TimeSpan UsualLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(1);

    /// <summary>A wrong secret does not become right by asking: whoever comes within this time is told what the last one was.</summary>
    private static readonly TimeSpan RefusedFor = TimeSpan.FromSeconds(30);

    private readonly string _secret = SecretText.Resolve(options.ClientSecret!);
    private readonly SemaphoreSlim _turn = new(1);
    private volatile Held? _held;
    private (CrmException Failure, DateTimeOffset Until)? _refused;

    private sealed record Held(string Token, DateTimeOffset Until);

    /// <exception cref="CrmException"><see cref="WecomFailure.Denied"/> when the credentials are refused.</exception>
    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        if (Present() is { } held) return held;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (Present() is { } renewed) return renewed;
            if (_refused is { } refused && time.GetUtcNow() < refused.Until) throw new CrmException(refused.Failure.Failure, refused.Failure.Message);
            return await FetchAsync(cancellationToken);
        }
        catch (CrmException failure) when (failure.Failure == WecomFailure.Denied && _refused is null)
        {
            _refused = (failure, time.GetUtcNow() + RefusedFor);
            logger.TokenRefused(failure.Message);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The token was refused; a newer one stays.</summary>
    public void Drop(string token)
    {
        var held = _held;
        if (held?.Token == token) Interlocked.CompareExchange(ref _held, null, held);
    }

    public void Dispose() => _turn.Dispose();

    private string? Present() => _held is { } held && time.GetUtcNow() < held.Until ? held.Token : null;

    private async Task<string> FetchAsync(CancellationToken cancellationToken)
    {
        _refused = null;
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = options.ClientId!, ["client_secret"] = _secret };
        if (options.Scope is { Length: > 0 } scope) form["scope"] = scope;
        using var request = new HttpRequestMessage(HttpMethod.Post, options.TokenUrl) { Content = new FormUrlEncodedContent(form) };
        var reply = await http(request, cancellationToken);
        if (reply.Status is 400 or 401 or 403) throw new CrmException(WecomFailure.Denied, $"The CRM gives no token: HTTP {reply.Status}.") { Advice = "Compare Crm:Http:Auth:OAuth2 with the client that the CRM has." };
        if (!reply.IsSuccess) throw reply.Failure();
        using var answer = reply.ReadJson();
        var token = JsonPointer.Find(answer.RootElement, "/access_token") is { ValueKind: JsonValueKind.String } text ? JsonPointer.TextOf(text) : null;
        if (string.IsNullOrEmpty(token)) throw new CrmException(WecomFailure.Rejected, "The CRM's answer holds no access_token.");
        _held = new Held(token, time.GetUtcNow() + KeptFor(answer.RootElement));
        return token;
    }

    // A tenth before its end, so that none ends under way.
    private static TimeSpan KeptFor(JsonElement answer)
    {
        var seconds = JsonPointer.Find(answer, "/expires_in") is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) ? value : UsualLife.TotalSeconds;
        return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, LongestLife.TotalSeconds) * 0.9);
    }
}
