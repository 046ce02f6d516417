using System.Net.Http.Headers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WecomBridge.Operations;

namespace WecomBridge.Tests.Operations;

/// <summary>The operators' address with pages of a test, on a port of its own.</summary>
internal sealed class OperationsHost : IAsyncDisposable
{
    public const string Reader = "reader-token-0123456789";
    public const string Operator = "operator-token-0123456789";
    private readonly ServiceProvider _provider;
    private readonly HttpClient _http = new();

    private OperationsHost(ServiceProvider provider) => _provider = provider;

    public OperationsServer Server => _provider.GetRequiredService<OperationsServer>();

    public static async Task<OperationsHost> StartAsync(IOperationsPages pages, params (string Key, string? Value)[] settings)
    {
        var provider = SettingsCheck.Provider(
            services =>
            {
                services.AddOperations();
                services.AddSingleton(pages);
            },
            "Development",
            [("Operations:Url", "http://127.0.0.1:0"), .. settings]);
        var host = new OperationsHost(provider);
        await host.Server.StartAsync(default);
        return host;
    }

    /// <summary>With a token for looking and one for acting.</summary>
    public static Task<OperationsHost> StartWithTokensAsync(IOperationsPages pages) => StartAsync(
        pages, ("Operations:Tokens:reader:Token", Reader), ("Operations:Tokens:boss:Token", Operator), ("Operations:Tokens:boss:Role", "Operate"));

    public async Task<HttpResponseMessage> SendAsync(string path, string? authorization = null, string method = "GET")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Server.Address!, path));
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await _http.SendAsync(request);
    }

    public Task<HttpResponseMessage> ReadAsync(string path, string token = Reader) => SendAsync(path, new AuthenticationHeaderValue("Bearer", token).ToString());

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.StopAsync(default);
        await _provider.DisposeAsync();
    }
}

/// <summary>Pages made of functions.</summary>
internal sealed class TestPages(Action<IEndpointRouteBuilder> map) : IOperationsPages
{
    public void Map(IEndpointRouteBuilder routes) => map(routes);
}
