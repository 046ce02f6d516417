using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;
using WecomBridge.Contracts;
using WecomBridge.Rules;
using WecomBridge.Tags;
using WecomBridge.Welcome;

namespace WecomBridge.Routing;

/// <summary>What a rule would do with an event.</summary>
/// <param name="Rule">Kind and name.</param>
/// <param name="Matches"><c>yes</c>, <c>no</c>, or <c>perhaps</c> when it depends on what must be looked up.</param>
/// <param name="Why">In words.</param>
internal sealed record RuleAnswer(string Rule, string Matches, string Why);

/// <summary>Which greeting and tag rules would act on an event that came now, as far as the event itself tells.</summary>
internal static class RuleOutlook
{
    private static readonly string[] Greeted = [EventTypes.Of<CustomerAdded>().Name, EventTypes.Of<CustomerHalfAdded>().Name, EventTypes.Of<CustomerArchiveAgreed>().Name];

    /// <summary>Empty for events that no rule looks at.</summary>
    public static IReadOnlyList<RuleAnswer> Of(IServiceProvider settings, SampleEvent sample)
    {
        var corp = settings.GetRequiredService<IOptions<WecomOptions>>().Value.Corps[sample.Corp];
        var now = WhenSubject.Local(settings.GetRequiredService<TimeProvider>().GetUtcNow(), corp.TimeZone);
        var subject = new WhenSubject(sample.Corp, sample.Facts.State, sample.Facts.Staff ?? "", now) { App = sample.Facts.App };
        var answers = new List<RuleAnswer>();
        if (Greeted.Contains(sample.Event)) AddGreetings(answers, settings.GetRequiredService<IOptions<WelcomeOptions>>().Value, subject);
        if (!sample.Event.StartsWith("customer.", StringComparison.Ordinal)) return answers;
        foreach (var rule in settings.GetRequiredService<IOptions<TagsOptions>>().Value.Rules)
            answers.Add(Answer("tags " + rule.Name, rule.When, subject, "adds " + string.Join(", ", rule.Add)));
        return answers;
    }

    private static void AddGreetings(List<RuleAnswer> answers, WelcomeOptions welcome, in WhenSubject subject)
    {
        var isTaken = false;
        foreach (var rule in welcome.Rules)
        {
            answers.Add(isTaken ? new RuleAnswer("greeting " + rule.Name, "no", "an earlier rule matches") : Answer("greeting " + rule.Name, rule.When, subject, "is sent"));
            isTaken |= WhenMatcher.Matches(rule.When, subject);
        }
    }

    private static RuleAnswer Answer(string rule, When when, in WhenSubject subject, string effect) => WhenMatcher.Ask(when, subject) switch
    {
        WhenAnswer.Yes => new RuleAnswer(rule, "yes", effect),
        WhenAnswer.Unknown => new RuleAnswer(rule, "perhaps", "depends on what must be looked up: the member, the customer or the CRM"),
        _ => new RuleAnswer(rule, "no", "When: " + WhenMatcher.Explain(when, subject)),
    };
}
