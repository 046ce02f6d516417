using WecomBridge.Operations;

namespace WecomBridge.Crm;

/// <summary>What is wrong with the settings of a CRM over HTTP.</summary>
internal static class HttpCrmFaults
{
    private static readonly string[] WriteMethods = ["POST", "PUT", "PATCH"];

    /// <param name="http">The settings.</param>
    /// <param name="inlineAllowed">Secrets may stand in the settings themselves.</param>
    public static IEnumerable<string> Find(HttpCrmOptions http, bool inlineAllowed) =>
        [.. AddressFaults(http), .. AuthFaults(http, inlineAllowed), .. QuestionFaults(http), .. PlaceFaults(http), .. WriteFaults(http.Write)];

    private static IEnumerable<string> AddressFaults(HttpCrmOptions http)
    {
        if (!IsSafe(http.BaseUrl)) yield return "Crm:Http:BaseUrl must be an https address; http is allowed for loopback addresses only.";
        else if (!http.BaseUrl!.AbsolutePath.EndsWith('/') || http.BaseUrl.Query.Length > 0 || http.BaseUrl.Fragment.Length > 0 || http.BaseUrl.UserInfo.Length > 0)
            yield return "Crm:Http:BaseUrl must end in a slash and hold neither a query nor a name and password.";
        foreach (var host in http.AllowedHosts)
        {
            if (Uri.CheckHostName(host) == UriHostNameType.Unknown) yield return "Crm:Http:AllowedHosts must hold names of hosts, without scheme and port.";
        }

        using var probe = new HttpRequestMessage();
        foreach (var (header, value) in http.Headers)
        {
            if (SecretText.FindFault($"Crm:Http:Headers:{header}", value, inlineAllowed: true, out var resolved) is { } fault) yield return fault;
            else if (!probe.Headers.TryAddWithoutValidation(header, resolved) || resolved.AsSpan().ContainsAny('\r', '\n')) yield return $"Crm:Http:Headers:{header} is no header of a request.";
        }
    }

    private static IEnumerable<string> AuthFaults(HttpCrmOptions http, bool inlineAllowed)
    {
        var (auth, oauth) = (http.Auth, http.Auth.OAuth2);
        var hasBasic = auth.Basic.User is not null || auth.Basic.Password is not null;
        var hasOAuth = oauth.TokenUrl is not null || oauth.ClientId is not null || oauth.ClientSecret is not null;
        if (new[] { auth.Bearer is not null, hasBasic, auth.ApiKey.Value is not null, hasOAuth }.Count(used => used) > 1) yield return "Crm:Http:Auth must hold at most one of Bearer, Basic, ApiKey and OAuth2.";
        if (auth.Bearer is not null && Secret("Bearer", auth.Bearer) is { } bearer) yield return bearer;
        if (hasBasic && string.IsNullOrEmpty(auth.Basic.User)) yield return "Crm:Http:Auth:Basic:User is missing.";
        if (hasBasic && Secret("Basic:Password", auth.Basic.Password) is { } password) yield return password;
        if (auth.ApiKey.Value is not null && Secret("ApiKey:Value", auth.ApiKey.Value) is { } key) yield return key;
        using var probe = new HttpRequestMessage();
        if (!probe.Headers.TryAddWithoutValidation(auth.ApiKey.Header, "x")) yield return "Crm:Http:Auth:ApiKey:Header is no header of a request.";
        if (!hasOAuth) yield break;
        if (!IsSafe(oauth.TokenUrl)) yield return "Crm:Http:Auth:OAuth2:TokenUrl must be an https address; http is allowed for loopback addresses only.";
        else if (oauth.TokenUrl!.Host != http.BaseUrl?.Host && !http.AllowedHosts.Contains(oauth.TokenUrl.Host, StringComparer.OrdinalIgnoreCase)) yield return "Crm:Http:Auth:OAuth2:TokenUrl must be on the CRM's host or one of Crm:Http:AllowedHosts.";
        if (string.IsNullOrEmpty(oauth.ClientId)) yield return "Crm:Http:Auth:OAuth2:ClientId is missing.";
        if (Secret("OAuth2:ClientSecret", oauth.ClientSecret) is { } secret) yield return secret;

        string? Secret(string name, string? value) => SecretText.FindFault($"Crm:Http:Auth:{name}", value, inlineAllowed, out _);
    }

    private static IEnumerable<string> QuestionFaults(HttpCrmOptions http)
    {
        foreach (var key in Enum.GetValues<CrmKey>())
        {
            if (http.QuestionBy(key) is { } template && HttpQuestion.FindFault($"Crm:Http:FindBy{key}", template, HttpQuestion.PlaceholderOf(key)) is { } fault) yield return fault;
        }
    }

    private static IEnumerable<string> PlaceFaults(HttpCrmOptions http)
    {
        foreach (var (field, pointer) in http.Fields)
        {
            if (!JsonPointer.IsValid(pointer)) yield return $"Crm:Http:Fields:{field} must be a JSON pointer such as /0/name.";
        }

        if (http.Total is { } total && !JsonPointer.IsValid(total)) yield return "Crm:Http:Total must be a JSON pointer such as /total.";
        if (http.NextPage is { } next && !JsonPointer.IsValid(next)) yield return "Crm:Http:NextPage must be a JSON pointer such as /links/next.";
    }

    private static IEnumerable<string> WriteFaults(HttpWriteOptions write)
    {
        if (write.Request is { } request && RequestFault("Crm:Http:Write:Request", request, isNew: false) is { } fault) yield return fault;
        if (write.Request is not null && write.Set.Count == 0) yield return "Crm:Http:Write:Set is missing.";
        foreach (var each in SetFaults("Crm:Http:Write:Set", write.Set)) yield return each;
        if (write.Create.Request is { } create && RequestFault("Crm:Http:Write:Create:Request", create, isNew: true) is { } createFault) yield return createFault;
        if (write.Create.Request is not null && write.Request is null) yield return "Crm:Http:Write:Create needs Crm:Http:Write:Request.";
        if (write.Create.Request is not null && write.Create.Set.Count == 0) yield return "Crm:Http:Write:Create:Set is missing.";
        foreach (var each in SetFaults("Crm:Http:Write:Create:Set", write.Create.Set)) yield return each;
        if (!System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(write.ContentType, out _)) yield return "Crm:Http:Write:ContentType must be a media type such as application/json.";
        using var probe = new HttpRequestMessage();
        if (!probe.Headers.TryAddWithoutValidation(write.KeyHeader, "x")) yield return "Crm:Http:Write:KeyHeader is no header of a request.";
    }

    private static string? RequestFault(string path, string template, bool isNew)
    {
        var words = template.Split(' ');
        if (words.Length != 2 || !WriteMethods.Contains(words[0], StringComparer.Ordinal)) return $"{path} must be POST, PUT or PATCH and a path.";
        // A CRM may want the id in the body instead.
        return HttpQuestion.FindFault(path, template, isNew || !template.Contains("{id}", StringComparison.Ordinal) ? null : "{id}");
    }

    private static IEnumerable<string> SetFaults(string path, Dictionary<string, string> set)
    {
        foreach (var (pointer, template) in set)
        {
            if (!JsonPointer.IsValid(pointer)) yield return $"{path}:{pointer} must be named by a JSON pointer such as /tags.";
            else if (CrmTemplate.FindFault($"{path}:{pointer}", template) is { } fault) yield return fault;
        }
    }

    private static bool IsSafe(Uri? address) => address is { IsAbsoluteUri: true } && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
