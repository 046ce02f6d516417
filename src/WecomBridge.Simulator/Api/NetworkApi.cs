using System.Text.Json.Nodes;

namespace WecomBridge.Simulator.Api;

/// <summary>Addresses of the platform (api.md 1.2).</summary>
internal static class NetworkApi
{
    public static IEnumerable<ApiRoute> Routes =>
    [
        new("getcallbackip", IsPost: false, CallbackAddresses),
        new("get_api_domain_ip", IsPost: false, ApiAddresses),
    ];

    /// <summary>Answered without <c>errcode</c>, as the documented sample is.</summary>
    private static JsonObject CallbackAddresses(ApiCall call) => new() { ["ip_list"] = new JsonArray("127.0.0.1", "127.0.0.*") };

    private static JsonObject ApiAddresses(ApiCall call)
    {
        var answer = Answer.Ok();
        answer["ip_list"] = new JsonArray("127.0.0.1", "198.51.100.0/24");
        return answer;
    }
}
