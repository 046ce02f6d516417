using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using WecomBridge.Operations;
using WecomBridge.Routing;

namespace WecomBridge.Broker;

/// <summary>RabbitMQ's management plug-in did not do what it was asked.</summary>
/// <param name="message">One sentence with the remedy, without address, user or password.</param>
internal sealed class ManagementUnavailableException(string message) : Exception(message);

/// <summary>What only RabbitMQ's management plug-in can say or do: what is bound, limits that may change. Needs <c>Broker:ManagementUrl</c>.</summary>
internal sealed class ManagementClient(IHttpClientFactory clients, IOptions<BrokerOptions> options, RabbitConnectionFactory rabbit)
{
    /// <summary>Name of the HTTP client.</summary>
    public const string HttpClientName = "rabbitmq-management";

    /// <summary>Above policies that an administrator made for all queues: only one policy acts on a queue.</summary>
    private const int Priority = 100;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Whether the settings give its address.</summary>
    public bool IsConfigured => options.Value.ManagementUrl is not null;

    /// <summary>The bindings that carry our mark, of all queues.</summary>
    /// <exception cref="ManagementUnavailableException">It gave no answer, or refused.</exception>
    public async Task<IReadOnlyList<QueueBinding>> OwnBindingsAsync(CancellationToken cancellationToken)
    {
        var bindings = await GetAsync("bindings", cancellationToken);
        return [.. bindings.EnumerateArray().Where(IsOwn).Select(binding => new QueueBinding(TextOf(binding, "destination"), TextOf(binding, "source"), TextOf(binding, "routing_key")))];
    }

    /// <summary>Those of the policies that are not there, or say something else.</summary>
    /// <exception cref="ManagementUnavailableException">It gave no answer, or refused.</exception>
    public async Task<IReadOnlyList<QueuePolicy>> FindStaleAsync(IReadOnlyList<QueuePolicy> policies, CancellationToken cancellationToken)
    {
        if (policies.Count == 0) return [];
        var present = (await GetAsync("policies", cancellationToken)).EnumerateArray().ToDictionary(policy => TextOf(policy, "name"), policy => policy.GetProperty("definition"));
        return [.. policies.Where(policy => !present.TryGetValue(policy.Name, out var definition) || !IsSame(policy, definition))];
    }

    /// <summary>Sets the limits of one queue; they hold from now on for what is in it, too.</summary>
    /// <exception cref="ManagementUnavailableException">It gave no answer, or refused.</exception>
    public async Task PutAsync(QueuePolicy policy, CancellationToken cancellationToken)
    {
        var body = new Dictionary<string, object?> { ["pattern"] = $"^{Regex.Escape(policy.Queue)}$", ["definition"] = policy.Definition, ["priority"] = Priority, ["apply-to"] = "queues" };
        await SendAsync(HttpMethod.Put, "policies", "/" + Uri.EscapeDataString(policy.Name), JsonContent.Create(body), cancellationToken);
    }

    private static bool IsOwn(JsonElement binding) =>
        TextOf(binding, "destination_type") == "queue" && TextOf(binding, "source") is Topology.Events or Topology.Profiles
        && binding.GetProperty("arguments") is { ValueKind: JsonValueKind.Object } arguments
        && AdminChannel.OwnMark.All(mark => arguments.TryGetProperty(mark.Key, out var value) && value.ValueEquals((string)mark.Value!));

    private static bool IsSame(QueuePolicy policy, JsonElement definition) =>
        definition.EnumerateObject().Count() == policy.Definition.Count
        && policy.Definition.All(limit => definition.TryGetProperty(limit.Key, out var value) && value.ToString() == limit.Value?.ToString());

    private static string TextOf(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private async Task<JsonElement> GetAsync(string what, CancellationToken cancellationToken)
    {
        var text = await SendAsync(HttpMethod.Get, what, "", content: null, cancellationToken);
        try
        {
            using var answer = JsonDocument.Parse(text);
            return answer.RootElement.ValueKind == JsonValueKind.Array ? answer.RootElement.Clone() : throw new JsonException("There is no list in it.");
        }
        catch (JsonException)
        {
            throw new ManagementUnavailableException($"Broker:ManagementUrl answers {what} with something else than RabbitMQ does: check the address.");
        }
    }

    private async Task<string> SendAsync(HttpMethod method, string what, string name, HttpContent? content, CancellationToken cancellationToken)
    {
        var (address, connection) = (new Uri(SecretText.Resolve(options.Value.ManagementUrl!)), rabbit.Create("management"));
        var user = address.UserInfo.Length > 0 ? Uri.UnescapeDataString(address.UserInfo) : $"{connection.UserName}:{connection.Password}";
        var root = address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');
        using var request = new HttpRequestMessage(method, new Uri($"{root}/api/{what}/{Uri.EscapeDataString(connection.VirtualHost)}{name}")) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user)));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        try
        {
            using var answer = await clients.CreateClient(HttpClientName).SendAsync(request, limit.Token);
            if (answer.IsSuccessStatusCode) return await answer.Content.ReadAsStringAsync(limit.Token);
            throw new ManagementUnavailableException(Explain(what, answer.StatusCode));
        }
        catch (HttpRequestException failure)
        {
            throw new ManagementUnavailableException($"Broker:ManagementUrl gives no answer ({failure.HttpRequestError}): check the address, and that the plug-in rabbitmq_management is enabled.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ManagementUnavailableException($"Broker:ManagementUrl gives no answer within {Timeout.TotalSeconds:0} s.");
        }
    }

    private static string Explain(string what, HttpStatusCode status) => status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        ? $"Broker:ManagementUrl refuses {what} ({(int)status}): its user needs the tag policymaker and access to the virtual host."
        : $"Broker:ManagementUrl answers {what} with {(int)status}.";
}
