using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;
using WecomBridge.Operations;

namespace WecomBridge.Profiles;

/// <summary><c>GET /profiles/{corp}/{externalUserId}</c>: all that State knows of a customer. It asks neither WeCom nor the CRM.</summary>
internal sealed class ProfilePage(ProfileReader reader, IOptionsMonitor<WecomOptions> corps) : IOperationsPages
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/profiles/{corp}/{externalUserId}", ShowAsync).Needs(OperationsRole.Read);

    private async Task ShowAsync(HttpContext http)
    {
        var (corp, externalUserId) = ((string)http.Request.RouteValues["corp"]!, (string)http.Request.RouteValues["externalUserId"]!);
        var profile = corps.CurrentValue.Corps.ContainsKey(corp) ? await reader.ReadAsync(corp, externalUserId, http.RequestAborted) : null;
        await (profile is null ? OperationsAnswer.ErrorAsync(http, StatusCodes.Status404NotFound, "not_found", "No such corp, or no such customer of it.") : OperationsAnswer.WriteAsync(http, profile));
    }
}
