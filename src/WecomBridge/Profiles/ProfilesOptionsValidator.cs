using Microsoft.Extensions.Options;
using WecomBridge.Crm;
using WecomBridge.Rules;
using WecomBridge.State;

namespace WecomBridge.Profiles;

/// <summary>A template may name only fields that the CRM's settings read.</summary>
internal sealed class ProfilesOptionsValidator(IOptions<CrmOptions> crm) : IValidateOptions<ProfilesOptions>
{
    public ValidateOptionsResult Validate(string? name, ProfilesOptions options)
    {
        try
        {
            var example = crm.Value.FieldNames.ToDictionary(field => field, field => field, StringComparer.Ordinal);
            var faults = Enum.GetValues<RelationField>()
                .Select(field => FieldTemplates.SourceOf(options, field) is { Length: > 0 } template ? TextTemplate.FindFault($"Profiles:{field}", template, FieldText.Fields(example)) : null)
                .OfType<string>().ToList();
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
        catch (OptionsValidationException)
        {
            // The CRM's own faults are reported by its own check.
            return ValidateOptionsResult.Success;
        }
    }
}
