using Microsoft.Extensions.Options;
using WecomBridge.Operations;

namespace WecomBridge.Crm;

internal sealed class CrmOptionsValidator(IHostEnvironment environment) : IValidateOptions<CrmOptions>
{
    public ValidateOptionsResult Validate(string? name, CrmOptions options)
    {
        var faults = options.Provider == CrmProvider.Http ? FindFaults(options.Http).ToList() : [];
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> FindFaults(HttpCrmOptions http)
    {
        if (http.BaseUrl is not { IsAbsoluteUri: true } url || (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
            yield return "Crm:Http:BaseUrl must be an https address; http is allowed for loopback addresses only.";
        else if (!url.AbsolutePath.EndsWith('/') || url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
            yield return "Crm:Http:BaseUrl must end in a slash and hold neither a query nor a name and password.";

        if (http.Auth.Bearer is { } bearer && SecretText.FindFault("Crm:Http:Auth:Bearer", bearer, environment.IsDevelopment(), out _) is { } fault) yield return fault;
        if (http.FindByUnionId is null && http.FindByMobile is null) yield return "Crm:Http needs FindByUnionId or FindByMobile.";
        if (TemplateFault("FindByUnionId", http.FindByUnionId, "{unionId}") is { } byUnionId) yield return byUnionId;
        if (TemplateFault("FindByMobile", http.FindByMobile, "{mobile}") is { } byMobile) yield return byMobile;
        if (!http.Fields.ContainsKey("id")) yield return "Crm:Http:Fields:id is missing.";
        foreach (var (field, pointer) in http.Fields)
        {
            if (!JsonPointer.IsValid(pointer)) yield return $"Crm:Http:Fields:{field} must be a JSON pointer such as /0/name.";
        }

        if (http.Timeout < TimeSpan.FromSeconds(0.1) || http.Timeout > TimeSpan.FromSeconds(30)) yield return "Crm:Http:Timeout must lie between 0.1 s and 30 s.";
        if (http.CacheFor < TimeSpan.Zero || http.CacheFor > TimeSpan.FromDays(1)) yield return "Crm:Http:CacheFor must lie between 0 and 24 h.";
        if (http.CacheSize is < 0 or > 1_000_000) yield return "Crm:Http:CacheSize must lie between 0 and 1,000,000.";
        if (http.BreakFor < TimeSpan.FromSeconds(1) || http.BreakFor > TimeSpan.FromMinutes(10)) yield return "Crm:Http:BreakFor must lie between 1 s and 10 min.";
    }

    /// <summary>A path may not lead to another host, and holds its one placeholder.</summary>
    private static string? TemplateFault(string key, string? template, string placeholder)
    {
        if (template is null) return null;
        var rest = template.Replace(placeholder, "", StringComparison.Ordinal);
        var relative = !template.StartsWith('/') && !template.StartsWith('\\') && Uri.TryCreate(template.Replace(placeholder, "x", StringComparison.Ordinal), UriKind.Relative, out _) && !rest.Contains("..", StringComparison.Ordinal);
        if (!relative) return $"Crm:Http:{key} must be a path below Crm:Http:BaseUrl, without a leading slash.";
        return rest.Length == template.Length || rest.Contains('{') || rest.Contains('}') ? $"Crm:Http:{key} must hold {placeholder} and no other placeholder." : null;
    }
}
