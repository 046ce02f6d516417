using WecomBridge.Operations;

namespace WecomBridge.Contract;

/// <summary><c>GET /contract/</c> lists the files of the contract, <c>GET /contract/{file}</c> gives one. Open: they are no secret, and tools fetch them without a token.</summary>
internal sealed class ContractPages(ContractFiles files) : IOperationsPages
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/contract/", http => OperationsAnswer.WriteAsync(http, files.All.Keys)).IsOpen();
        routes.MapGet("/contract/{file}", ShowAsync).IsOpen();
    }

    private Task ShowAsync(HttpContext http)
    {
        if (!files.All.TryGetValue((string)http.Request.RouteValues["file"]!, out var text))
            return OperationsAnswer.ErrorAsync(http, StatusCodes.Status404NotFound, "not_found", "No such file; /contract/ lists them.");
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.WriteAsync(text, http.RequestAborted);
    }
}
