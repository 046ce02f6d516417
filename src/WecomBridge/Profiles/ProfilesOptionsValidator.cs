using Microsoft.Extensions.Options;
using WecomBridge.Crm;
using WecomBridge.Rules;

namespace WecomBridge.Profiles;

/// <summary>A remark may name only fields that the CRM's settings read.</summary>
internal sealed class ProfilesOptionsValidator(IOptions<CrmOptions> crm) : IValidateOptions<ProfilesOptions>
{
    public ValidateOptionsResult Validate(string? name, ProfilesOptions options)
    {
        if (options.Remark is not { Length: > 0 } remark) return ValidateOptionsResult.Success;
        try
        {
            var example = crm.Value.FieldNames.ToDictionary(field => field, field => field, StringComparer.Ordinal);
            var fault = TextTemplate.FindFault("Profiles:Remark", remark, RemarkText.Fields(example));
            return fault is null ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(fault);
        }
        catch (OptionsValidationException)
        {
            // The CRM's own faults are reported by its own check.
            return ValidateOptionsResult.Success;
        }
    }
}
