using System.Text.Json.Serialization;

namespace WecomBridge.Contracts;

/// <summary><c>profile.updated</c>: who a customer is, as WeCom and the CRM say. On the exchange <c>wecom.profiles</c> only.</summary>
[EventType("profile.updated", Exchange = EventExchange.Profiles)]
public sealed record ProfileUpdated : CustomerEventData
{
    /// <summary>How staff member and customer stand to each other.</summary>
    [JsonPropertyName("relation")]
    public required ProfileRelation Relation { get; init; }

    /// <summary>Whether and how the customer was found in the CRM.</summary>
    [JsonPropertyName("identity")]
    public required ProfileIdentity Identity { get; init; }

    /// <summary>CRM facts by field name; empty when the customer is not known there.</summary>
    [JsonPropertyName("facts")]
    public required IReadOnlyDictionary<string, ProfileFact> Facts { get; init; }
}

/// <summary>How staff member and customer stand to each other.</summary>
public sealed record ProfileRelation
{
    /// <summary>State of the relation; <see cref="RelationStatuses"/> names the known words.</summary>
    [JsonPropertyName("status")]
    public required string Status { get; init; }

    /// <summary>Channel the customer came by; null when none is known.</summary>
    [JsonPropertyName("state")]
    public string? State { get; init; }

    /// <summary>How they became contacts; <see cref="AddWays"/> names the known words.</summary>
    [JsonPropertyName("addWay")]
    public string? AddWay { get; init; }

    /// <summary>When they became contacts, UTC.</summary>
    [JsonPropertyName("addedAt"), JsonConverter(typeof(UtcTimeConverter))]
    public DateTimeOffset? AddedAt { get; init; }
}

/// <summary>Known words of <see cref="ProfileRelation.Status"/>.</summary>
public static class RelationStatuses
{
    /// <summary>Only the customer has added the staff member.</summary>
    public const string HalfAdded = "half_added";

    /// <summary>Contacts.</summary>
    public const string Added = "added";

    /// <summary>The customer deleted the staff member.</summary>
    public const string Left = "left";

    /// <summary>The staff member deleted the customer.</summary>
    public const string Removed = "removed";
}

/// <summary>Whether and how a customer was found in the CRM.</summary>
public sealed record ProfileIdentity
{
    /// <summary>By which key; <see cref="IdentityKeys"/> names the known words. Null when not found.</summary>
    [JsonPropertyName("key")]
    public string? Key { get; init; }

    /// <summary>How sure that is; <see cref="Confidences"/> names the known words.</summary>
    [JsonPropertyName("confidence")]
    public required string Confidence { get; init; }

    /// <summary>The customer's id in the CRM; null when not found.</summary>
    [JsonPropertyName("crmId")]
    public string? CrmId { get; init; }
}

/// <summary>Known words of <see cref="ProfileIdentity.Key"/>.</summary>
public static class IdentityKeys
{
    /// <summary>The customer's WeChat union id.</summary>
    public const string UnionId = "unionid";

    /// <summary>A mobile number that staff wrote into the remark.</summary>
    public const string Mobile = "mobile";

    /// <summary>The CRM has WeCom's id of the customer.</summary>
    public const string ExternalUserId = "external_userid";

    /// <summary>The customer's number in the CRM, found in a channel parameter or a remark.</summary>
    public const string MemberNumber = "member_number";
}

/// <summary>Known words of <see cref="ProfileIdentity.Confidence"/>.</summary>
public static class Confidences
{
    /// <summary>The key names one person.</summary>
    public const string Certain = "certain";

    /// <summary>The key may name somebody else, such as a mobile number typed by staff.</summary>
    public const string Likely = "likely";

    /// <summary>Several records were found: nothing is merged, and no facts are told.</summary>
    public const string Ambiguous = "ambiguous";

    /// <summary>Not found.</summary>
    public const string None = "none";
}

/// <summary>One CRM fact.</summary>
public sealed record ProfileFact
{
    /// <summary>The value as text.</summary>
    [JsonPropertyName("value")]
    public required string Value { get; init; }

    /// <summary>Where it was read, such as <c>http</c>, <c>sql</c>.</summary>
    [JsonPropertyName("source")]
    public required string Source { get; init; }

    /// <summary>How old it was when the event was made, seconds; 0 when just read.</summary>
    [JsonPropertyName("ageSeconds")]
    public required long AgeSeconds { get; init; }
}

/// <summary><c>profile.tags_changed</c>: tags of one relation changed. On the exchange <c>wecom.profiles</c> only.</summary>
[EventType("profile.tags_changed", Exchange = EventExchange.Profiles)]
public sealed record ProfileTagsChanged : CustomerEventData
{
    /// <summary>Tags that came.</summary>
    [JsonPropertyName("added")]
    public required IReadOnlyList<TagChange> Added { get; init; }

    /// <summary>Tags that went.</summary>
    [JsonPropertyName("removed")]
    public required IReadOnlyList<TagChange> Removed { get; init; }
}

/// <summary>One tag that came or went.</summary>
public sealed record TagChange
{
    /// <summary>Name of the tag.</summary>
    [JsonPropertyName("tag")]
    public required string Tag { get; init; }

    /// <summary>Name of its group.</summary>
    [JsonPropertyName("group")]
    public required string Group { get; init; }

    /// <summary>Who decides about the tag; <see cref="TagOwners"/> names the known words.</summary>
    [JsonPropertyName("owner")]
    public required string Owner { get; init; }

    /// <summary>What led to it: a rule's name, a command's id; null when not known.</summary>
    [JsonPropertyName("cause")]
    public string? Cause { get; init; }
}

/// <summary>Known words of <see cref="TagChange.Owner"/>.</summary>
public static class TagOwners
{
    /// <summary>A person.</summary>
    public const string Manual = "manual";

    /// <summary>A rule of the bridge.</summary>
    public const string Rule = "rule";

    /// <summary>A CRM team's command.</summary>
    public const string Crm = "crm";

    /// <summary>The customer's stage.</summary>
    public const string Stage = "stage";
}
