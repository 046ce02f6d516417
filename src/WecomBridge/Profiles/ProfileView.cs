using WecomBridge.Contracts;

namespace WecomBridge.Profiles;

/// <summary>A customer as the page shows them.</summary>
/// <param name="Corp">Configured name of the corp.</param>
/// <param name="ExternalUserId">The platform's id.</param>
/// <param name="Identity">Whether and how the CRM knows them; null when the profile was never worked.</param>
/// <param name="Facts">What the CRM knows, with its age now.</param>
/// <param name="Relations">Of every member who has or had the customer, in the order of their ids.</param>
/// <param name="Work">What is due, waits or is parked.</param>
/// <param name="ReadAt">When the profile was last worked.</param>
internal sealed record ProfileView(
    string Corp,
    string ExternalUserId,
    ProfileIdentity? Identity,
    IReadOnlyDictionary<string, ProfileFact> Facts,
    IReadOnlyList<RelationView> Relations,
    IReadOnlyList<WorkView> Work,
    DateTimeOffset? ReadAt);

/// <summary>One member's relation.</summary>
/// <param name="UserId">The member.</param>
/// <param name="Status">A word of <see cref="RelationStatuses"/>.</param>
/// <param name="Channel">The parameter of the add; null when there was none.</param>
/// <param name="AddedAt">When they were last added.</param>
/// <param name="EndedAt">When either side last ended it; kept after they were added again.</param>
/// <param name="Tags">The corp tags that were last seen, each with its owner.</param>
/// <param name="Held">Groups in which the machine stands back for a person's tag.</param>
/// <param name="TagsReadAt">When the tags were seen; null when never.</param>
/// <param name="Fields">Whose each field was when it was last seen.</param>
internal sealed record RelationView(
    string UserId,
    string Status,
    string? Channel,
    DateTimeOffset? AddedAt,
    DateTimeOffset? EndedAt,
    IReadOnlyList<TagView> Tags,
    IReadOnlyList<HeldView> Held,
    DateTimeOffset? TagsReadAt,
    FieldsView Fields);

/// <summary>A corp tag.</summary>
internal sealed record TagView(string Group, string Tag, string Owner);

/// <summary>A group held by a person's tag.</summary>
internal sealed record HeldView(string Group, string Wanted, string Standing);

/// <summary>Whose each field is; null when it was never read.</summary>
internal sealed record FieldsView(FieldHolder? Remark, FieldHolder? Description, FieldHolder? Company, FieldHolder? Mobiles);

/// <summary>A piece of work for the customer.</summary>
internal sealed record WorkView(string Lane, string State, DateTimeOffset At, int Attempts, string? Reason, string? Remedy);
