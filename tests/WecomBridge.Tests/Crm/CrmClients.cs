using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WecomBridge.Crm;

namespace WecomBridge.Tests.Crm;

/// <summary>Clients as the service puts them together.</summary>
internal static class CrmClients
{
    public static CrmClient Http(HttpCrmOptions http, Action<HttpCrmOptions>? change, TimeProvider time, MemberNumberOptions? number = null)
    {
        change?.Invoke(http);
        var options = new CrmOptions { Provider = CrmProvider.Http, Http = http, MemberNumber = number ?? new MemberNumberOptions() };
        return Of(options, new HttpCrmConnector(new Clients(), Options.Create(options), time, NullLogger<HttpCrmConnector>.Instance), time);
    }

    public static CrmClient Of(CrmOptions options, ICrmConnector connector, TimeProvider time) =>
        new(connector, new CrmGuard(options.Calls, new CrmMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>()), time, NullLogger.Instance), options, time, NullLogger<CrmClient>.Instance);

    private sealed class Clients : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(new SocketsHttpHandler { AllowAutoRedirect = false });
    }
}
