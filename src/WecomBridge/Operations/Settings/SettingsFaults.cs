using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace WecomBridge.Operations;

/// <summary>Brings the faults that all checks find into one shape: path, value, rule, nearest word.</summary>
internal static partial class SettingsFaults
{
    /// <summary>Runs every check of the service.</summary>
    /// <param name="services">The service as it would start.</param>
    /// <param name="configuration">What it was put together from: settings without those of <paramref name="shape"/>.</param>
    /// <param name="shape">What was found before.</param>
    public static IReadOnlyList<SettingsFault> Find(IServiceProvider services, IConfiguration configuration, IReadOnlyList<SettingsFault> shape)
    {
        var rules = Validate(services).Select(failure => Read(failure.Options, failure.Sentence, configuration))
            // What is missing because it was left out has been told.
            .Where(fault => !shape.Any(known => SettingsShape.IsAtOrBelow(fault.Path, known.Path)));
        List<SettingsFault> found = [.. shape, .. rules];
        return [.. found.Concat(SettingsNames.FindUnknown(configuration, found)).DistinctBy(fault => fault.Sentence)];
    }

    private static IEnumerable<(Type Options, string Sentence)> Validate(IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (AggregateException several)
        {
            return several.Flatten().InnerExceptions.Cast<OptionsValidationException>().SelectMany(Failures);
        }
        catch (OptionsValidationException one)
        {
            return Failures(one);
        }
    }

    private static IEnumerable<(Type Options, string Sentence)> Failures(OptionsValidationException exception) => exception.Failures.Select(failure => (exception.OptionsType, failure));

    private static SettingsFault Read(Type options, string sentence, IConfiguration configuration)
    {
        sentence = OfAttribute(options, sentence);
        var path = PathOf(sentence, configuration);
        var (place, value) = ValueAt(path, sentence, configuration);
        return new SettingsFault(path, sentence)
        {
            Value = string.IsNullOrEmpty(value) ? null : SettingsModel.Shown(place, value),
            Remedy = Hint(place, value, sentence, configuration),
        };
    }

    /// <summary>Attributes name the class where others name the setting: <c>MaxBytes: The field SpoolOptions.MaxBytes must be between 1 and 2.</c></summary>
    private static string OfAttribute(Type options, string sentence)
    {
        if (Attribute().Match(sentence) is not { Success: true } match) return sentence;
        var section = SettingsModel.Sections.First(known => known.Value == options).Key;
        var rule = match.Groups["rule"].Value;
        return $"{section}:{match.Groups["member"].Value.Replace('.', ':')} {(rule.Contains("required", StringComparison.Ordinal) ? "is missing." : rule)}";
    }

    /// <summary>The longest setting, or part of one, that the sentence begins with.</summary>
    private static string PathOf(string sentence, IConfiguration configuration)
    {
        var longest = "";
        foreach (var (path, _) in configuration.AsEnumerable())
        {
            if (path.Length > longest.Length && sentence.StartsWith(path, StringComparison.OrdinalIgnoreCase) && (sentence.Length == path.Length || sentence[path.Length] is ' ' or ':')) longest = path;
        }

        var rest = FirstWord().Match(sentence, longest.Length).Value;
        return rest.StartsWith(':') || longest.Length == 0 ? longest + rest.TrimEnd(':') : longest;
    }

    /// <summary>The value that is at fault; of a list that which the sentence quotes.</summary>
    private static (string Path, string? Value) ValueAt(string path, string sentence, IConfiguration configuration)
    {
        if (configuration[path] is { Length: > 0 } value) return (path, value);
        var item = configuration.GetSection(path).GetChildren().FirstOrDefault(child => child.Value is { Length: > 0 } text && sentence.Contains($"'{text}'", StringComparison.Ordinal));
        return item is null ? (path, null) : (item.Path, item.Value);
    }

    private static string? Hint(string path, string? value, string sentence, IConfiguration configuration)
    {
        if (SettingsModel.IsSecret(path)) return null;
        if (Field().Match(sentence) is { Success: true } field) return NearestWord.Hint(field.Groups["word"].Value, Listed(sentence) ?? []);
        if (string.IsNullOrEmpty(value)) return null;
        if ((SettingsNames.WordsAt(path, configuration) ?? Listed(sentence)) is not { } words) return null;
        return words is not [['{', '{', ..], ..]
            ? NearestWord.Hint(value, words)
            : Placeholder().Matches(value).Select(used => used.Value.Replace(" ", "", StringComparison.Ordinal)).Where(used => !words.Contains(used)).Select(used => NearestWord.Hint(used, words)).FirstOrDefault();
    }

    /// <summary>The words that the sentence itself offers.</summary>
    private static List<string>? Listed(string sentence) =>
        Words().Match(sentence) is { Success: true } match ? [.. match.Groups["words"].Value.TrimEnd('.').Split(',', StringSplitOptions.TrimEntries)] : null;

    [GeneratedRegex(@"The (field )?\w+Options\.(?<member>[\w.]+) (field )?(?<rule>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Attribute();

    [GeneratedRegex(@"\G[^\s]*", RegexOptions.None, 1000)]
    private static partial Regex FirstWord();

    [GeneratedRegex("names the field (?<word>[^, ]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Field();

    [GeneratedRegex("{{[^#/{}]+}}", RegexOptions.None, 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex("(one of|known are) (?<words>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Words();
}
