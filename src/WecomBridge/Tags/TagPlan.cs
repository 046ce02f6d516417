using WecomBridge.State;

namespace WecomBridge.Tags;

/// <summary>A desire whose tag has an id.</summary>
internal readonly record struct TagAddition(string Id, TagDesire Desire);

/// <summary>What is to be written on one relation. A pure function of settings, desires, truth and ledger.</summary>
/// <param name="Add">Tags to set.</param>
/// <param name="Remove">Ids of tags to remove, all of them ours.</param>
/// <param name="Held">Exclusive groups in which a person's tag stands in the way.</param>
/// <param name="NotBefore">When what was put off may be written; null when nothing was.</param>
internal sealed record TagPlan(IReadOnlyList<TagAddition> Add, IReadOnlyList<string> Remove, IReadOnlyList<HeldGroup> Held, DateTimeOffset? NotBefore)
{
    /// <summary>A tag is not removed sooner after it was set: the event of an edit that makes it a person's may still be on its way.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    /// <param name="settings">Groups.</param>
    /// <param name="desires">Of this relation.</param>
    /// <param name="present">Corp tags that stand.</param>
    /// <param name="entries">The ledger, held against these.</param>
    /// <param name="ids">Ids of tags.</param>
    /// <param name="now">The present.</param>
    public static TagPlan Of(
        TagsOptions settings, IReadOnlyList<TagDesire> desires, IReadOnlyList<PresentTag> present, IReadOnlyDictionary<string, TagLedgerEntry> entries, TagIds ids, DateTimeOffset now)
    {
        var plan = new Draft(present, entries, ids, now);
        foreach (var (name, group) in settings.Groups.Where(group => group.Value.IsManaged))
        {
            var wanted = desires.Where(desire => desire.Name.Group == name).ToList();
            if (group.Exclusive) plan.Exclusive(name, group, wanted);
            else plan.Shared(name, group, wanted);
        }

        return new TagPlan(plan.Add, plan.Remove, plan.Held, plan.NotBefore);
    }

    private sealed class Draft(IReadOnlyList<PresentTag> present, IReadOnlyDictionary<string, TagLedgerEntry> entries, TagIds ids, DateTimeOffset now)
    {
        public List<TagAddition> Add { get; } = [];

        public List<string> Remove { get; } = [];

        public List<HeldGroup> Held { get; } = [];

        public DateTimeOffset? NotBefore { get; private set; }

        /// <summary>Each tag for itself.</summary>
        public void Shared(string name, TagGroupOptions group, List<TagDesire> wanted)
        {
            foreach (var tag in Ours(name))
            {
                if (wanted.Any(desire => ids.Find(desire.Name) == tag.Id)) continue;
                if (!PutOff([tag])) Remove.Add(tag.Id);
            }

            foreach (var desire in wanted.Where(desire => !desire.IsOpen).DistinctBy(desire => desire.Name))
            {
                if (Missing(desire, group) is { } id) Add.Add(new TagAddition(id, desire));
            }
        }

        /// <summary>At most one tag, and a person's before ours.</summary>
        public void Exclusive(string name, TagGroupOptions group, List<TagDesire> wanted)
        {
            var ours = Ours(name).ToList();
            var persons = present.Where(tag => tag.Name.Group == name && !ours.Contains(tag)).ToList();
            if (persons.Count > 0)
            {
                if (wanted.Count > 0 && !wanted[0].IsOpen && persons.TrueForAll(tag => tag.Name != wanted[0].Name)) Held.Add(new HeldGroup(name, wanted[0].Name.Tag, persons[0].Name.Tag));
                if (!PutOff(ours)) Remove.AddRange(ours.Select(tag => tag.Id));
                return;
            }

            // What comes first is not known, or cannot be written: what stands is better than nothing.
            if (wanted.Count > 0 && (wanted[0].IsOpen || ids.Find(wanted[0].Name) is null)) return;
            var others = ours.Where(tag => wanted.Count == 0 || tag.Id != ids.Find(wanted[0].Name)).ToList();
            if (PutOff(others)) return;
            Remove.AddRange(others.Select(tag => tag.Id));
            if (wanted.Count > 0 && Missing(wanted[0], group) is { } id) Add.Add(new TagAddition(id, wanted[0]));
        }

        private IEnumerable<PresentTag> Ours(string group) => present.Where(tag => tag.Name.Group == group && entries.GetValueOrDefault(tag.Id) is { Status: TagLedgerStatus.Ours });

        /// <summary>The id of a tag that does not stand and may be set.</summary>
        private string? Missing(TagDesire desire, TagGroupOptions group)
        {
            var id = ids.Find(desire.Name);
            if (id is null || present.Any(tag => tag.Id == id)) return null;
            return group.Mode == TagGroupMode.AutomaticPlusManual && entries.GetValueOrDefault(id) is { Status: TagLedgerStatus.Taken } ? null : id;
        }

        private bool PutOff(List<PresentTag> tags)
        {
            var ready = tags.Count == 0 ? now : tags.Max(tag => entries[tag.Id].WrittenAt) + Settling;
            // A clock that was set back must not hold a tag for longer than it settles.
            if (ready <= now || ready > now + Settling) return false;
            NotBefore = NotBefore is null || ready < NotBefore ? ready : NotBefore;
            return true;
        }
    }
}
