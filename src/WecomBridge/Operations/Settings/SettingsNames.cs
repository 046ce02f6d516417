using System.Text.RegularExpressions;
using WecomBridge.Callbacks;
using WecomBridge.Contracts;
using WecomBridge.Routing;
using WecomBridge.Rules;

namespace WecomBridge.Operations;

/// <summary>Names in settings that stand for something: of corps, apps, events, tags and facts. What names nothing is a typing error.</summary>
internal static partial class SettingsNames
{
    /// <summary>Corps, apps and events that nothing is known of. Patterns are let be, and what a feature's own check has found.</summary>
    public static IEnumerable<SettingsFault> FindUnknown(IConfiguration configuration, IReadOnlyList<SettingsFault> found)
    {
        foreach (var (path, value) in configuration.AsEnumerable())
        {
            if (string.IsNullOrEmpty(value) || value.AsSpan().ContainsAny('*', '?') || Referred(path) is not { } what) continue;
            var words = WordsAt(path, configuration)!;
            if (words.Contains(value, StringComparer.Ordinal) || found.Any(fault => SettingsShape.IsAtOrBelow(path, fault.Path))) continue;
            yield return new SettingsFault(path, $"{path} names no {what}; known are {(words.Count == 0 ? "none" : string.Join(", ", words))}.") { Value = SettingsModel.Shown(path, value), Remedy = NearestWord.Hint(value, words) };
        }
    }

    /// <summary>The words that may stand at a path; null where any text may.</summary>
    public static IReadOnlyList<string>? WordsAt(string path, IConfiguration configuration)
    {
        if (Referred(path) is { } what) return what == "event" ? Events : what == "corp" ? Corps(configuration) : Apps(configuration);
        if (TimeZone().IsMatch(path)) return [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id)];
        if (TagOfRule().IsMatch(path)) return Tags(configuration);
        return FactOp().IsMatch(path) ? FactOps.All : null;
    }

    private static readonly List<string> Events = [.. EventTypes.All.Where(type => type.Exchange != EventExchange.Commands).Select(type => type.Name)];

    private static string? Referred(string path) => EventOfSubscriber().IsMatch(path) ? "event" : CorpOfRule().IsMatch(path) ? "corp" : AppOfRule().IsMatch(path) ? "app" : null;

    private static List<string> Corps(IConfiguration configuration) => [.. configuration.GetSection($"{WecomOptions.Section}:Corps").GetChildren().Select(corp => corp.Key)];

    private static List<string> Apps(IConfiguration configuration) =>
        [.. configuration.GetSection($"{WecomOptions.Section}:Corps").GetChildren().SelectMany(corp => corp.GetSection("Apps").GetChildren()).Select(app => app.Key).Distinct(StringComparer.Ordinal)];

    private static List<string> Tags(IConfiguration configuration) =>
        [.. configuration.GetSection("Tags:Groups").GetChildren().SelectMany(group => group.GetSection("Tags").GetChildren().Select(tag => $"{group.Key}/{tag.Value}"))];

    [GeneratedRegex($"^{RoutingOptions.Section}:Subscribers:[^:]+:Events:[0-9]+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EventOfSubscriber();

    [GeneratedRegex("(:When|^Routing:Subscribers:[^:]+):Corps:[0-9]+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CorpOfRule();

    [GeneratedRegex("(:When|^Routing:Subscribers:[^:]+):Apps:[0-9]+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AppOfRule();

    [GeneratedRegex("^Wecom:Corps:[^:]+:TimeZone$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TimeZone();

    [GeneratedRegex("^Tags:Rules:[0-9]+:Add:[0-9]+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TagOfRule();

    [GeneratedRegex(":Facts:[^:]+:[0-9]+:Op$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FactOp();
}
