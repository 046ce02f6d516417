using System.Globalization;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Wecom.Api.Calls;

/// <summary>One call, by its name, as the platform's documentation draws it.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">Path under <c>cgi-bin/</c>.</param>
/// <param name="Request">Class of the request.</param>
/// <param name="Call">Makes the call through its named method.</param>
/// <param name="Sent">The query without token of a GET or an upload, else the JSON body.</param>
/// <param name="Answer">An answer in the documented shape; bytes of a file for <c>media/get</c>.</param>
/// <param name="WriteKey">What the sample writes to; null for calls that may run side by side.</param>
internal sealed record WecomCallSample(string Method, string Path, Type Request, Func<IWecomClient, CancellationToken, Task<WecomResponse>> Call, string Sent, string Answer, string? WriteKey)
{
    public bool IsUpload => Path is "media/upload" or "media/uploadimg" or "media/upload_attachment";

    public bool AnswersWithFile => Path == "media/get";

    public override string ToString() => Path;
}

/// <summary>Every call of the client, once.</summary>
internal static partial class WecomCalls
{
    public static IReadOnlyList<WecomCallSample> All { get; } = [.. Customers, .. Tags, .. Groups, .. Campaigns, .. Staff];

    public static IEnumerable<TheoryDataRow<string>> Paths => All.Select(call => new TheoryDataRow<string>(call.Path));

    public static ReadOnlyMemory<byte> SomeFile => "bytes of a picture"u8.ToArray();

    public static WecomCallSample Of(string path) => All.Single(call => call.Path == path);

    private static WecomCallSample Of<TResponse>(string api, WecomRequest<TResponse> request, string sent, string answer)
        where TResponse : WecomResponse, new()
    {
        var words = api.Split(' ');
        var type = request.GetType();
        return new WecomCallSample(words[0], words[1], type, CallAsync, sent, answer, request.WriteKey);

        async Task<WecomResponse> CallAsync(IWecomClient client, CancellationToken ct)
        {
            var named = typeof(WecomClientExtensions).GetMethod(string.Create(CultureInfo.InvariantCulture, $"Execute{type.Name[..^"Request".Length]}Async"), [typeof(IWecomClient), type, typeof(CancellationToken)]);
            return await (Task<TResponse>)named.ShouldNotBeNull(type.Name).Invoke(null, [client, request, ct])!;
        }
    }
}
