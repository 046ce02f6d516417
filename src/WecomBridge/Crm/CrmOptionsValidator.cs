using Microsoft.Extensions.Options;

namespace WecomBridge.Crm;

internal sealed class CrmOptionsValidator(IHostEnvironment environment) : IValidateOptions<CrmOptions>
{
    public ValidateOptionsResult Validate(string? name, CrmOptions options)
    {
        if (options.Provider == CrmProvider.None) return ValidateOptionsResult.Success;
        List<string> faults =
        [
            .. options.Provider == CrmProvider.Http ? HttpCrmFaults.Find(options.Http, environment.IsDevelopment()) : SqlCrmFaults.Find(options.Sql),
            .. CommonFaults($"Crm:{options.Provider}", options.Calls, options.Write),
            .. NumberFaults(options),
            .. TraceFaults(options),
        ];
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> CommonFaults(string path, CrmCallOptions calls, CrmWriteOptions write)
    {
        if (Enum.GetValues<CrmKey>().All(key => calls.QuestionBy(key) is null)) yield return $"{path} needs FindByExternalUserId, FindByUnionId, FindByMemberNumber or FindByMobile.";
        if (!calls.Fields.ContainsKey("id")) yield return $"{path}:Fields:id is missing.";
        if (calls.Timeout < TimeSpan.FromSeconds(0.1) || calls.Timeout > TimeSpan.FromSeconds(30)) yield return $"{path}:Timeout must lie between 0.1 s and 30 s.";
        if (calls.CacheFor < TimeSpan.Zero || calls.CacheFor > TimeSpan.FromDays(1)) yield return $"{path}:CacheFor must lie between 0 and 24 h.";
        if (calls.StaleFor < TimeSpan.Zero || calls.StaleFor > TimeSpan.FromDays(1)) yield return $"{path}:StaleFor must lie between 0 and 24 h.";
        if (calls.CacheSize is < 0 or > 1_000_000) yield return $"{path}:CacheSize must lie between 0 and 1,000,000.";
        if (calls.BreakFor < TimeSpan.FromSeconds(1) || calls.BreakFor > TimeSpan.FromMinutes(10)) yield return $"{path}:BreakFor must lie between 1 s and 10 min.";
        if (write.CheckAfter < TimeSpan.FromSeconds(1) || write.CheckAfter > TimeSpan.FromDays(1)) yield return $"{path}:Write:CheckAfter must lie between 1 s and 24 h.";
        foreach (var (fact, template) in write.Check)
        {
            if (!calls.Fields.ContainsKey(fact)) yield return $"{path}:Write:Check:{fact} is no name of {path}:Fields.";
            else if (CrmTemplate.FindFault($"{path}:Write:Check:{fact}", template) is { } fault) yield return fault;
        }
    }

    private static IEnumerable<string> NumberFaults(CrmOptions options)
    {
        var (state, remark) = (options.MemberNumber.State, options.MemberNumber.Remark);
        if (state is not null && !IsPattern(state)) yield return $"Crm:MemberNumber:State must hold {MemberNumber.Placeholder} once.";
        if (remark is not null && !IsPattern(remark)) yield return $"Crm:MemberNumber:Remark must hold {MemberNumber.Placeholder} once.";
        var isAsked = options.Calls.FindByMemberNumber is not null;
        if (isAsked && state is null && remark is null) yield return $"Crm:{options.Provider}:FindByMemberNumber needs Crm:MemberNumber:State or Crm:MemberNumber:Remark.";
        if (!isAsked && (state is not null || remark is not null)) yield return $"Crm:MemberNumber needs Crm:{options.Provider}:FindByMemberNumber.";
    }

    /// <summary>An id that was written after a likely match would be found again as a certain one.</summary>
    private static IEnumerable<string> TraceFaults(CrmOptions options)
    {
        var (calls, write) = (options.Calls, options.Write);
        if (!options.Writes || calls.FindByExternalUserId is null || write.WriteTo == CrmConfidence.Certain || (calls.FindByMobile is null && calls.FindByMemberNumber is null)) yield break;
        var set = options.Provider == CrmProvider.Sql ? options.Sql.Write.Set : options.Http.Write.Set;
        foreach (var (place, template) in set)
        {
            if (template.Contains("customer.externalUserId", StringComparison.Ordinal))
                yield return $"Crm:{options.Provider}:Write:Set:{place} would make a likely match certain, for FindByExternalUserId finds what it writes: set Crm:{options.Provider}:Write:WriteTo to Certain, or leave FindByMobile and FindByMemberNumber out.";
        }
    }

    private static bool IsPattern(string pattern) => pattern.Length <= 200 && pattern.Split(MemberNumber.Placeholder).Length == 2;
}
