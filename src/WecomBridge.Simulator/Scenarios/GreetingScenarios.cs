using WecomBridge.Simulator.Faults;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Scenarios;

/// <summary>What can come between a new customer and a greeting.</summary>
internal static class GreetingScenarios
{
    private const string Send = "externalcontact/send_welcome_msg";

    public static IEnumerable<Scenario> All =>
    [
        new(
            "calm",
            "Customers come one by one and nothing goes wrong.",
            "acknowledges every callback and greets every customer once, within a second or two.",
            stage => stage.CustomersComeAsync(2)),
        new(
            "welcome-at-19s",
            "WeCom delivers adds late: in turn 12, 19 and 21 s after they happened.",
            "greets those of 12 s; tries none of the others, because the code dies at 20 s, and reports each as missed.",
            stage => stage.CustomersComeAsync(1, i => Now(() => stage.Add(new AddDetails { Ago = TimeSpan.FromSeconds((i % 3) switch { 0 => 12, 1 => 19, _ => 21 }) })))),
        new(
            "welcome-41096-then-ok",
            "The first greeting of each customer is refused with 41096: another app is sending.",
            "tries again a second or so later, while the 20 s last, and every customer is greeted once.",
            stage => stage.CustomersComeAsync(1, _ => Now(() =>
            {
                stage.Arm(new FaultRule { Kind = FaultKind.ErrorCode, ErrorCode = 41096, Pattern = Send, Times = 1 });
                stage.Add();
            })),
            longestPause: Scenario.BetweenGreetings),
        new(
            "no-welcome-code",
            "Customers come without a welcome code, as when the console has a greeting of its own.",
            "does not call send_welcome_msg at all; tags and remarks are written as ever.",
            stage => stage.CustomersComeAsync(2, _ => Now(() => stage.Add(new AddDetails { WithCode = false })))),
        new(
            "half-add-then-add",
            "Each customer half-adds a member, who confirms two seconds later; both events carry a code.",
            "greets once, with the first code, and lets the second go.",
            stage => stage.CustomersComeAsync(1, async _ =>
            {
                var (user, customer) = stage.HalfAdd();
                await stage.PauseAsync(TimeSpan.FromSeconds(2)).ConfigureAwait(false);
                stage.Happens(stage.Corp.Customers.Add(user, customer));
            })),
        new(
            "foreign-app-greeted-first",
            "Another app has greeted each customer before the callback arrives: every code is answered 41051.",
            "calls once for each customer, takes 41051 as final, and reports the greeting as missed.",
            stage => stage.CustomersComeAsync(2, _ => Now(() => stage.Add(new AddDetails { GreetedElsewhere = true })))),
        new(
            "archive-consent",
            "Customers have not agreed to chat archiving (41053) and do so five seconds later, with a new code.",
            "does not repeat after 41053, and greets with the code of msg_audit_approved.",
            stage => stage.CustomersComeAsync(1, async _ =>
            {
                var (user, customer) = stage.Add(new AddDetails { ConsentMissing = true });
                await stage.PauseAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(false);
                stage.Happens(stage.Corp.Customers.AgreeToArchive(user, customer));
            })),
        new(
            "greeting-answer-lost",
            "Every second greeting is accepted and its answer lost on the way.",
            "tries again, takes 41051 as proof that the first arrived, and doubles nobody.",
            stage =>
            {
                stage.Arm(new FaultRule { Kind = FaultKind.AnswerLost, Pattern = Send, Probability = 0.5 });
                return stage.CustomersComeAsync(1);
            }),
        new(
            "media-expired",
            "Every uploaded file dies before its three days are over, again and again: greetings with attachments are answered 40007.",
            "greets with the text alone inside the 20 s and uploads its files again. It needs a rule with a file: without a 40007 among the calls nothing was tried.",
            stage => stage.CustomersComeAsync(1, i => Now(() =>
            {
                if (i % 3 == 0) stage.Corp.Tasks.ExpireMedia();
                stage.Add();
            }))),
    ];

    private static Task Now(Action happens)
    {
        happens();
        return Task.CompletedTask;
    }
}
