using Microsoft.Extensions.Options;
using WecomBridge.Operations;

namespace WecomBridge.Telemetry;

/// <summary><c>/metrics</c>: all instruments for Prometheus. Open on a loopback address; beyond it a token that may look.</summary>
internal sealed class MetricsPage(MetricBook book, IOptions<OperationsOptions> options) : IOperationsPages
{
    public void Map(IEndpointRouteBuilder routes)
    {
        book.Start();
        routes.MapGet("/metrics", http =>
        {
            http.Response.ContentType = PrometheusText.ContentType;
            return http.Response.WriteAsync(book.Write(), http.RequestAborted);
        }).IsOpenOnLoopback(options.Value);
    }
}
