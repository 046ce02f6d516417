using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;
using WecomBridge.Rules;

namespace WecomBridge.Welcome;

/// <summary>Chooses the rule of a greeting.</summary>
internal sealed class GreetingRules(GreetingText texts, IOptionsMonitor<WelcomeOptions> options, IOptionsMonitor<WecomOptions> corps)
{
    /// <summary>The first rule whose conditions all hold at the time of the add; null when none does.</summary>
    /// <remarks>Nothing is looked up unless a rule that comes before the first certain one depends on it.</remarks>
    public async Task<WelcomeRule?> ChooseAsync(SendWelcome command, GreetingFacts facts)
    {
        var timeZone = corps.CurrentValue.Corps.GetValueOrDefault(command.Corp)?.TimeZone ?? new CorpOptions().TimeZone;
        var subject = new WhenSubject(command.Corp, command.State, command.UserId, WhenSubject.Local(command.CreatedAt, timeZone)) { App = command.App };
        var (possible, needs) = Possible(subject);
        if (needs == WhenNeeds.None) return possible.FirstOrDefault();

        await facts.GatherAsync(needs, possible.Aggregate(WhenNeeds.None, (wishes, rule) => wishes | texts.NeedsOf(rule.Text)));
        var known = facts.Complete(subject);
        return possible.Find(rule => WhenMatcher.Matches(rule.When, known));
    }

    /// <summary>The rules that may hold, up to the first that surely does, and what those before it depend on.</summary>
    private (List<WelcomeRule> Rules, WhenNeeds Needs) Possible(in WhenSubject subject)
    {
        var possible = new List<WelcomeRule>();
        var needs = WhenNeeds.None;
        foreach (var rule in options.CurrentValue.Rules)
        {
            var answer = WhenMatcher.Ask(rule.When, subject);
            if (answer == WhenAnswer.No) continue;
            possible.Add(rule);
            if (answer == WhenAnswer.Yes) break;
            needs |= rule.When.Needs();
        }

        return (possible, needs);
    }
}
