using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WecomBridge.Operations;

/// <summary>How pages answer: JSON in camelCase; of errors <c>{"error":"word","detail":"words"}</c>.</summary>
internal static class OperationsAnswer
{
    // Names and remarks are read by people; the answer is never part of an HTML page.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>200 with the content.</summary>
    public static Task WriteAsync<T>(HttpContext http, T content) => http.Response.WriteAsJsonAsync(content, Json, http.RequestAborted);

    /// <summary>A refusal or failure.</summary>
    /// <param name="http">The request.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="error">For programs: a word that stays.</param>
    /// <param name="detail">For people; nothing private.</param>
    public static Task ErrorAsync(HttpContext http, int status, string error, string detail)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new { error, detail }, Json, http.RequestAborted);
    }
}
