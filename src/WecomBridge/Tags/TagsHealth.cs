using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;
using WecomBridge.State;

namespace WecomBridge.Tags;

/// <summary>Names the tags that are not in WeCom as the settings declare them, with what a person can do. Callbacks do not depend on it.</summary>
internal sealed class TagsHealth(IStateDatabase database, IOptionsMonitor<WecomOptions> corps, IOptionsMonitor<TagsOptions> options) : IHealthCheck
{
    private const int Worrying = TagDictionary.MaxCorpTags / 10 * 9;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (options.CurrentValue.Groups.Count == 0) return HealthCheckResult.Healthy("no tags are managed");
        try
        {
            var faults = await database.ReadAsync(session => FindFaultsAsync(session, corps.CurrentValue.Corps.Keys, options.CurrentValue), cancellationToken);
            return faults.Count == 0 ? HealthCheckResult.Healthy("tags are as declared") : HealthCheckResult.Degraded(string.Join(" ", faults));
        }
        catch (StateUnavailableException)
        {
            return HealthCheckResult.Degraded("State is away: how tags stand is not known.");
        }
    }

    private static async Task<List<string>> FindFaultsAsync(StateSession session, IEnumerable<string> corps, TagsOptions settings)
    {
        var faults = new List<string>();
        foreach (var corp in corps)
        {
            var entries = (await TagDictionaryStore.ReadAsync(session, corp)).Where(entry => settings.Groups.TryGetValue(entry.Group, out var group) && (entry.Tag.Length == 0 || group.Tags.Contains(entry.Tag))).ToList();
            faults.AddRange(entries.Where(entry => entry.Tag.Length == 0 || !IsGroupGone(entries, entry.Group)).Select(entry => Fault(corp, entry)).OfType<string>());
            if (await TagDictionaryStore.CountAsync(session, corp) is >= Worrying and var count) faults.Add($"Corp {corp} has {count} of at most {TagDictionary.MaxCorpTags} tags. Delete tags nobody needs in WeCom's admin console (客户联系 → 客户标签).");
        }

        return faults;
    }

    private static bool IsGroupGone(List<TagDictionaryEntry> entries, string group) => entries.Any(entry => entry.Group == group && entry is { Tag: "", Status: TagDictionaryStatus.Deleted });

    private static string? Fault(string corp, TagDictionaryEntry entry) => entry.Status switch
    {
        TagDictionaryStatus.Deleted => $"{TagDictionary.Key(entry)} was deleted in WeCom (corp {corp}) and is not created again. Remove it from the settings, or create it in WeCom's admin console under the same name.",
        TagDictionaryStatus.Renamed => $"{TagDictionary.Key(entry)} is called \"{entry.Name}\" in WeCom (corp {corp}) and goes on to be used. Give both the same name.",
        TagDictionaryStatus.Refused => $"{TagDictionary.Key(entry)} could not be created in WeCom (corp {corp}). Create it in WeCom's admin console (客户联系 → 客户标签) under the same name.",
        _ => null,
    };
}
