using System.Text.Json.Serialization;
using WecomBridge.State;

namespace WecomBridge.Profiles;

/// <summary>Whose what stands in a field is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FieldHolder>))]
internal enum FieldHolder
{
    /// <summary>Nothing stands there, and nobody has emptied it.</summary>
    Nobody,

    /// <summary>This service wrote what stands there.</summary>
    Bridge,

    /// <summary>A person wrote what stands there, or emptied it.</summary>
    Staff,
}

/// <summary>Who holds a field of text and what is to be done about it.</summary>
/// <param name="Holder">Whose it is.</param>
/// <param name="Write">What to write; null when nothing is.</param>
/// <param name="Settled">Print of an open intent that was carried out; null when there is none.</param>
internal sealed record TextPlan(FieldHolder Holder, string? Write, string? Settled);

/// <summary>The rules of fields that hold text, pure: what a person wrote or emptied is never touched, and nothing of ours is emptied.</summary>
internal static class FieldRules
{
    /// <param name="entry">What is known of our writing; null when nothing is, or when it is over.</param>
    /// <param name="standing">What WeCom says.</param>
    /// <param name="isFree">Nobody wrote what stands there.</param>
    /// <param name="added">When the two were added.</param>
    public static FieldHolder HolderOf(WrittenField? entry, string standing, bool isFree, DateTimeOffset added)
    {
        if (standing.Length > 0 && entry is not null && RelationFieldLedger.PrintOf(standing) is var print && (print == entry.Written || print == entry.Intended)) return FieldHolder.Bridge;
        if (!isFree) return FieldHolder.Staff;

        // Ours stood there and they have not been added anew since: a person emptied it.
        return entry is { Written: not null } && added <= entry.Life ? FieldHolder.Staff : FieldHolder.Nobody;
    }

    /// <param name="entry">As above.</param>
    /// <param name="standing">As above.</param>
    /// <param name="isFree">As above.</param>
    /// <param name="added">As above.</param>
    /// <param name="text">What should stand there; empty when there is nothing to say, and then what stands is left.</param>
    /// <param name="when">The setting.</param>
    public static TextPlan Plan(WrittenField? entry, string standing, bool isFree, DateTimeOffset added, string text, FieldWriting when)
    {
        var holder = HolderOf(entry, standing, isFree, added);
        var isOurTurn = when switch
        {
            FieldWriting.EmptyOrOurs => holder is FieldHolder.Nobody or FieldHolder.Bridge,
            FieldWriting.Empty => holder is FieldHolder.Nobody,
            _ => false,
        };
        var settled = holder == FieldHolder.Bridge && entry!.Intended == RelationFieldLedger.PrintOf(standing) ? entry.Intended : null;
        return new TextPlan(holder, isOurTurn && text.Length > 0 && text != standing ? text : null, settled);
    }
}
