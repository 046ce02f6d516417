using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using WecomBridge.State;

namespace WecomBridge.Operations;

/// <summary>Stands before every page: token and role, and one shape for all that is refused or fails.</summary>
internal sealed class OperationsGuard(IOptions<OperationsOptions> options, ILogger<OperationsGuard> logger)
{
    private const string Scheme = "Bearer ";

    // Equal lengths, so that a comparison tells nothing of the token.
    private readonly IReadOnlyList<(byte[] Hash, string Name, OperationsRole Role)> _tokens =
        [.. options.Value.Tokens.Select(token => (Hash(SecretText.Resolve(token.Value.Token)), token.Key, token.Value.Role))];

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (http.GetEndpoint() is not { } endpoint)
        {
            await OperationsAnswer.ErrorAsync(http, StatusCodes.Status404NotFound, "not_found", "No such page.");
            return;
        }

        var needed = endpoint.Metadata.GetMetadata<OperationsPageAccess>() is { } access ? access.Role : OperationsRole.Read;
        if (needed is { } role && !await AdmitAsync(http, role)) return;
        await AnswerAsync(http, next);
    }

    private async Task<bool> AdmitAsync(HttpContext http, OperationsRole needed)
    {
        var (name, role) = Find(http.Request.Headers.Authorization.ToString());
        if (name is null)
        {
            http.Response.Headers.WWWAuthenticate = Scheme.TrimEnd();
            await OperationsAnswer.ErrorAsync(http, StatusCodes.Status401Unauthorized, "unauthorized", "This page needs a token: Authorization: Bearer …");
            return false;
        }

        if (role >= needed) return true;
        logger.NotAllowed(name, needed);
        await OperationsAnswer.ErrorAsync(http, StatusCodes.Status403Forbidden, "forbidden", $"This page needs the role {needed}.");
        return false;
    }

    /// <summary>Compares with every token, whichever fits: how long it takes tells nothing.</summary>
    private (string? Name, OperationsRole Role) Find(string header)
    {
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return default;
        var given = Hash(header[Scheme.Length..].Trim());
        (string? Name, OperationsRole Role) found = default;
        foreach (var token in _tokens)
        {
            if (CryptographicOperations.FixedTimeEquals(given, token.Hash)) found = (token.Name, token.Role);
        }

        return found;
    }

    private async Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed }) await OperationsAnswer.ErrorAsync(http, StatusCodes.Status405MethodNotAllowed, "method_not_allowed", "The page does not take this method.");
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
        catch (StateUnavailableException) when (!http.Response.HasStarted)
        {
            await OperationsAnswer.ErrorAsync(http, StatusCodes.Status503ServiceUnavailable, "state_unavailable", "State cannot be reached; try again.");
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            // Whatever a page's fault is, it is told in the same shape and without its text, which may hold what is private.
            logger.PageFailed(http.GetEndpoint()?.DisplayName ?? "", failure.GetType().Name);
            await OperationsAnswer.ErrorAsync(http, StatusCodes.Status500InternalServerError, "internal", "The page failed; the log says where.");
        }
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
