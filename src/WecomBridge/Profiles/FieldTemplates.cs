using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using WecomBridge.State;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Profiles;

/// <summary>What the settings say of each field; templates are compiled once.</summary>
internal sealed class FieldTemplates(IOptionsMonitor<ProfilesOptions> options)
{
    /// <summary>Room for a few dozen numbers; what is more is no customer's.</summary>
    private const int MaxMobilesChars = 500;

    private readonly ConcurrentDictionary<RelationField, FieldText> _texts = new();

    /// <summary>What the field should say; empty when its template is missing or the facts give nothing.</summary>
    public string Render(RelationField field, IReadOnlyDictionary<string, string> facts)
    {
        if (SourceOf(options.CurrentValue, field) is not { Length: > 0 } source) return "";
        var text = _texts.GetValueOrDefault(field);
        if (text?.Source != source) text = _texts[field] = new FieldText(source, MaxChars(field));
        return text.Render(facts);
    }

    /// <summary>When the field is written; never without a template.</summary>
    public FieldWriting WhenOf(RelationField field)
    {
        var settings = options.CurrentValue;
        if (SourceOf(settings, field) is not { Length: > 0 }) return FieldWriting.Never;
        return field switch
        {
            RelationField.Remark => settings.WriteWhenOf.Remark,
            RelationField.Description => settings.WriteWhenOf.Description,
            RelationField.Company => settings.WriteWhenOf.Company,
            _ => settings.WriteWhenOf.Mobiles,
        } ?? settings.WriteWhen;
    }

    /// <summary>The template of a field.</summary>
    public static string? SourceOf(ProfilesOptions settings, RelationField field) => field switch
    {
        RelationField.Remark => settings.Remark,
        RelationField.Description => settings.Description,
        RelationField.Company => settings.Company,
        _ => settings.Mobiles,
    };

    private static int MaxChars(RelationField field) => field switch
    {
        RelationField.Remark => CgibinExternalContactRemarkRequest.MaxRemarkChars,
        RelationField.Description => CgibinExternalContactRemarkRequest.MaxDescriptionChars,
        RelationField.Company => CgibinExternalContactRemarkRequest.MaxCompanyChars,
        _ => MaxMobilesChars,
    };
}
