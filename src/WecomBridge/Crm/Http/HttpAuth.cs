using System.Net.Http.Headers;
using System.Text;
using WecomBridge.Operations;

namespace WecomBridge.Crm;

/// <summary>Shows the CRM who is asking. Secrets are read once.</summary>
internal sealed class HttpAuth : IDisposable
{
    private readonly AuthenticationHeaderValue? _authorization;
    private readonly (string Name, string Value)? _key;
    private readonly OAuth2Token? _token;

    public HttpAuth(CrmAuthOptions options, OAuth2Token? token)
    {
        _token = token;
        if (options.Bearer is { } bearer) _authorization = new AuthenticationHeaderValue("Bearer", SecretText.Resolve(bearer));
        if (options.Basic is { User: { } user, Password: { } password }) _authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{SecretText.Resolve(password)}")));
        if (options.ApiKey.Value is { } value) _key = (options.ApiKey.Header, SecretText.Resolve(value));
    }

    /// <summary>Puts credentials on a request.</summary>
    /// <returns>The token that was used; null for credentials that do not end.</returns>
    /// <exception cref="CrmException">No token is to be had.</exception>
    public async Task<string?> ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = _authorization;
        if (_key is { } key) request.Headers.TryAddWithoutValidation(key.Name, key.Value);
        if (_token is null) return null;
        var token = await _token.GetAsync(cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return token;
    }

    /// <summary>The token was not taken.</summary>
    public void Drop(string token) => _token?.Drop(token);

    public void Dispose() => _token?.Dispose();
}
