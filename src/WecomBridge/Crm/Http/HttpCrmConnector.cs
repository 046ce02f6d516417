using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Crm;

/// <summary>A CRM over HTTP: requests of the settings, JSON pointers into the answers.</summary>
internal sealed class HttpCrmConnector : ICrmConnector, IDisposable
{
    /// <summary>Pages without a record are passed over so often; a question that needs more does not fit the CRM.</summary>
    private const int MaxPages = 5;
    private const string IdPlaceholder = "{id}";

    private readonly HttpCrmOptions _options;
    private readonly HttpCrmTransport _transport;
    private readonly Dictionary<CrmKey, HttpQuestion> _questions;
    private readonly HttpQuestion? _update;
    private readonly HttpQuestion? _create;
    private readonly CrmWriteTemplates _updateTemplates;
    private readonly CrmWriteTemplates _createTemplates;

    public HttpCrmConnector(IHttpClientFactory clients, IOptions<CrmOptions> options, TimeProvider time, ILogger<HttpCrmConnector> logger)
    {
        _options = options.Value.Http;
        _transport = new HttpCrmTransport(clients, _options, time, logger);
        _questions = Enum.GetValues<CrmKey>().Where(Asks).ToDictionary(key => key, key => new HttpQuestion(_options.QuestionBy(key)!));
        var write = _options.Write;
        _update = write.Request is { } update ? new HttpQuestion(update) : null;
        _create = write.Create.Request is { } create ? new HttpQuestion(create) : null;
        _updateTemplates = new CrmWriteTemplates(write.Set, write.Check);
        _createTemplates = new CrmWriteTemplates(write.Create.Set, write.Check);
    }

    public string Source => "http";

    public bool Asks(CrmKey key) => _options.QuestionBy(key) is not null;

    public async Task<CrmRecords> AskAsync(CrmKey key, string value, CancellationToken cancellationToken)
    {
        if (!HttpQuestion.CanHold(value)) return CrmRecords.None;
        var (question, placeholder) = (_questions[key], HttpQuestion.PlaceholderOf(key));
        var address = new Uri(_options.BaseUrl!, question.PathWith(placeholder, value));
        var reply = await _transport.SendAsync(() => new HttpRequestMessage(question.Method, address) { Content = question.BodyWith(placeholder, value) }, cancellationToken);
        if (reply.Status == 404) return CrmRecords.None;
        var found = CrmRecords.None;
        for (var page = 1; ; page++)
        {
            var records = Read(reply, out var next);
            found = records.Count + found.Count > 1 ? CrmRecords.Several : records.Count == 1 ? records : found;
            if (found.Count > 1 || string.IsNullOrEmpty(next)) return found;
            if (page == MaxPages) throw new CrmException(WecomFailure.Rejected, $"The CRM's answer has more than {MaxPages} pages.");
            if (!Uri.TryCreate(address, next, out var following)) throw new CrmException(WecomFailure.Rejected, "The CRM's answer names a next page that is no address.");
            address = following;
            reply = await _transport.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, address), cancellationToken);
        }
    }

    public CrmWrite? Prepare(string? id, CrmContent content)
    {
        if ((id is null ? _create : _update) is null) return null;
        var templates = id is null ? _createTemplates : _updateTemplates;
        return new CrmWrite(id, HttpBody.Render(templates, id, content), templates.Expected(id, content));
    }

    public async Task WriteAsync(CrmWrite write, string key, CancellationToken cancellationToken)
    {
        var request = (write.Id is null ? _create : _update)!;
        if (write.Id is { } id && !HttpQuestion.CanHold(id)) throw new CrmException(WecomFailure.Rejected, "A customer's id in the CRM cannot stand in an address.");
        var address = new Uri(_options.BaseUrl!, request.PathWith(IdPlaceholder, write.Id ?? ""));
        var reply = await _transport.SendAsync(() => Message(request.Method, address, write, key), cancellationToken);
        // The record was there a moment ago: whoever looks again finds where it has gone.
        if (reply.Status is 404 or 410) throw new CrmException(WecomFailure.Gone, $"The CRM answered with HTTP {reply.Status}.");
        if (!reply.IsSuccess) throw reply.Failure(isWrite: true);
    }

    public void Dispose() => _transport.Dispose();

    private CrmRecords Read(HttpReply reply, out string? next)
    {
        if (!reply.IsSuccess) throw reply.Failure();
        using var document = reply.ReadJson();
        return HttpAnswer.Read(document.RootElement, _options, out next);
    }

    private HttpRequestMessage Message(HttpMethod method, Uri address, CrmWrite write, string key)
    {
        var message = new HttpRequestMessage(method, address) { Content = new StringContent(write.Payload, Encoding.UTF8) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(_options.Write.ContentType);
        message.Headers.TryAddWithoutValidation(_options.Write.KeyHeader, key);
        return message;
    }
}

/// <summary>The JSON of a write: each value at its pointer.</summary>
internal static class HttpBody
{
    public static string Render(CrmWriteTemplates templates, string? id, CrmContent content)
    {
        var root = new JsonObject();
        foreach (var (pointer, value) in templates.Set)
        {
            JsonNode node = value.IsList ? new JsonArray([.. value.RenderList(content).Select(item => (JsonNode)item)]) : value.Render(id, content);
            Put(root, JsonPointer.Split(pointer), node);
        }

        return root.ToJsonString();
    }

    private static void Put(JsonObject root, string[] tokens, JsonNode value)
    {
        var place = root;
        foreach (var token in tokens[..^1])
        {
            if (place[token] is not JsonObject inner) place[token] = inner = [];
            place = inner;
        }

        place[tokens[^1]] = value;
    }
}
