namespace WecomBridge.Wecom.Api;

/// <summary>Calls of one app: adds the token, and repeats once with a fresh one when the platform refuses the token.</summary>
public sealed class WecomClient(WecomTransport transport, AccessTokenSource tokens) : IWecomClient
{
    /// <summary>More pages of followers than any corp has; a cursor that never ends is the platform's fault.</summary>
    private const int MaxPages = 200;

    /// <inheritdoc />
    public Task SendWelcomeMessageAsync(SendWelcomeMessageRequest request, CancellationToken ct) =>
        PostAsync<EmptyResponse>(WecomPaths.SendWelcomeMessage, request, ct, request.WelcomeCode);

    /// <inheritdoc />
    public async Task<ExternalContactGetResponse> GetExternalContactAsync(string externalUserId, CancellationToken ct)
    {
        var merged = await GetPageAsync(externalUserId, cursor: null, ct).ConfigureAwait(false);
        var followers = new List<FollowUser>(merged.FollowUser);
        var cursor = merged.NextCursor;
        for (var page = 1; !string.IsNullOrEmpty(cursor); page++)
        {
            if (page >= MaxPages) throw new WecomException(WecomFailure.Transient, WecomPaths.ExternalContactGet, errorCode: null, $"{WecomPaths.ExternalContactGet} gave more than {MaxPages} pages.");
            var next = await GetPageAsync(externalUserId, cursor, ct).ConfigureAwait(false);
            followers.AddRange(next.FollowUser);
            cursor = next.NextCursor;
        }

        merged.FollowUser = followers;
        merged.NextCursor = null;
        return merged;
    }

    /// <inheritdoc />
    public Task RemarkExternalContactAsync(ExternalContactRemarkRequest request, CancellationToken ct) =>
        PostAsync<EmptyResponse>(WecomPaths.ExternalContactRemark, request, ct);

    /// <inheritdoc />
    public Task<CorpTagListResponse> GetCorpTagListAsync(CorpTagListRequest request, CancellationToken ct) =>
        PostAsync<CorpTagListResponse>(WecomPaths.CorpTagList, request, ct);

    /// <inheritdoc />
    public Task<AddCorpTagResponse> AddCorpTagAsync(AddCorpTagRequest request, CancellationToken ct) =>
        PostAsync<AddCorpTagResponse>(WecomPaths.AddCorpTag, request, ct);

    /// <inheritdoc />
    public Task MarkTagAsync(MarkTagRequest request, CancellationToken ct) =>
        PostAsync<EmptyResponse>(WecomPaths.MarkTag, request, ct);

    /// <inheritdoc />
    public Task<GroupChatGetResponse> GetGroupChatAsync(string chatId, CancellationToken ct) =>
        PostAsync<GroupChatGetResponse>(WecomPaths.GroupChatGet, new GroupChatGetRequest { ChatId = chatId }, ct);

    private Task<ExternalContactGetResponse> GetPageAsync(string externalUserId, string? cursor, CancellationToken ct)
    {
        List<KeyValuePair<string, string>> query = [new("external_userid", externalUserId)];
        if (cursor is not null) query.Add(new("cursor", cursor));
        return CallAsync<ExternalContactGetResponse>(HttpMethod.Get, WecomPaths.ExternalContactGet, query, body: null, secret: null, ct);
    }

    private Task<T> PostAsync<T>(string api, object body, CancellationToken ct, string? secret = null)
        where T : WecomResponse, new() => CallAsync<T>(HttpMethod.Post, api, [], body, secret, ct);

    private async Task<T> CallAsync<T>(HttpMethod method, string api, IReadOnlyList<KeyValuePair<string, string>> query, object? body, string? secret, CancellationToken ct)
        where T : WecomResponse, new()
    {
        var token = await tokens.GetAsync(ct).ConfigureAwait(false);
        var (call, answer) = await SendAsync<T>(token, method, api, query, body, secret, ct).ConfigureAwait(false);
        if (WecomErrorCodes.IsTokenFailure(answer.ErrorCode))
        {
            token = await tokens.ReplaceAsync(token, ct).ConfigureAwait(false);
            (call, answer) = await SendAsync<T>(token, method, api, query, body, secret, ct).ConfigureAwait(false);
        }

        return answer.IsSuccessful() ? answer : throw WecomTransport.Refused(call, answer);
    }

    private async Task<(WecomCall Call, T Answer)> SendAsync<T>(
        AccessToken token, HttpMethod method, string api, IReadOnlyList<KeyValuePair<string, string>> query, object? body, string? secret, CancellationToken ct)
        where T : WecomResponse, new()
    {
        string[] secrets = secret is null ? [token.Value] : [token.Value, secret];
        var call = new WecomCall(method, api, [new("access_token", token.Value), .. query], body, secrets);
        return (call, await transport.SendAsync<T>(call, ct).ConfigureAwait(false));
    }
}
