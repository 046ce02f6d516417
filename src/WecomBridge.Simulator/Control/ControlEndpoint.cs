using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using WecomBridge.Simulator.Api;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Control;

/// <summary>One control call: how it is called, what it takes, what it does.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">After <c>/control/</c>.</param>
/// <param name="Takes">Fields of the JSON body (of the query, for GET); <c>?</c> marks optional ones.</param>
/// <param name="Does">For the index.</param>
/// <param name="Work">The call; its result is the answer.</param>
internal sealed record ControlCall(string Method, string Path, string Takes, string Does, Func<ControlRequest, Task<JsonNode?>> Work)
{
    /// <summary>A call that makes something happen and answers when it was delivered, or with <c>"wait": false</c> at once.</summary>
    public static ControlCall Happens(string path, string takes, string does, Func<ControlRequest, IReadOnlyList<Happening>> work) => new("POST", path, takes, does, async request =>
    {
        var answers = new JsonArray();
        foreach (var happening in work(request))
        {
            var outcomes = request.Flag("wait") == false ? null : await happening.Delivered.WaitAsync(request.Stopped).ConfigureAwait(false);
            answers.Add(ControlJson.Happening(happening, outcomes));
        }

        return answers;
    });

    /// <summary>A call that changes or reads something at once.</summary>
    public static ControlCall Plain(string method, string path, string takes, string does, Func<ControlRequest, JsonNode?> work) =>
        new(method, path, takes, does, request => Task.FromResult(work(request)));
}

/// <summary>
/// The control API for people and tests, JSON over HTTP under <c>/control/</c>. <c>GET /control/</c> lists every call with its fields.
/// Every body may name <c>corp</c> (CorpId) and <c>app</c>; without them the first is meant.
/// <code>curl -d '{"userId":"zhang","state":"store-1"}' http://127.0.0.1:PORT/control/customers/add</code>
/// </summary>
internal sealed class ControlEndpoint(WecomSimulator simulator)
{
    private static readonly IReadOnlyList<ControlCall> Calls = [.. CustomerCalls.All, .. GroupCalls.All, .. TagCalls.All, .. LinkCalls.All, .. TaskCalls.All, .. CallbackCalls.All, .. FaultCalls.All, .. WorldCalls.All];

    public void Map(WebApplication app)
    {
        app.MapGet("/control", (HttpContext context) => WriteAsync(context, 200, Index()));
        foreach (var call in Calls) app.MapMethods("/control/" + call.Path, [call.Method], (HttpContext context) => AnswerAsync(context, call));
    }

    private async Task AnswerAsync(HttpContext context, ControlCall call)
    {
        try
        {
            var hasBody = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;
            var body = hasBody
                ? await RequestBody.ReadJsonAsync(context.Request).ConfigureAwait(false) ?? throw new ControlException("The body is no JSON object.")
                : [];
            var answer = await call.Work(new ControlRequest(simulator, body, context.Request.Query, context.RequestAborted)).ConfigureAwait(false);
            await WriteAsync(context, 200, answer).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ControlException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            // These say that the caller asked for what is not there; anything else is a fault of ours and shows as 500.
            await WriteAsync(context, 400, new JsonObject { ["error"] = e.Message }).ConfigureAwait(false);
        }
    }

    private static JsonArray Index() => new([.. Calls.Select(c => new JsonObject
    {
        ["call"] = $"{c.Method} /control/{c.Path}",
        ["takes"] = c.Takes,
        ["does"] = c.Does,
    })]);

    private static Task WriteAsync(HttpContext context, int status, JsonNode? answer)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=UTF-8";
        return context.Response.WriteAsync((answer?.ToJsonString(ControlJson.Options) ?? "null") + "\n", context.RequestAborted);
    }
}
