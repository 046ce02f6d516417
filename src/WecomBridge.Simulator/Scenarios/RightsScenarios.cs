using WecomBridge.Simulator.Faults;

namespace WecomBridge.Simulator.Scenarios;

/// <summary>Credentials and rights that are taken away.</summary>
internal static class RightsScenarios
{
    public static IEnumerable<Scenario> All =>
    [
        new(
            "token-revoked-storm",
            "The access token is revoked every second while ten customers come a second.",
            "fetches one new token for each that was revoked, repeats each refused call once, and greets everyone.",
            stage => stage.CustomersComeAsync(10, i =>
            {
                if (i % 10 == 5 || i == 1) stage.Simulator.RevokeToken(stage.App);
                stage.Add();
                return Task.CompletedTask;
            }),
            TimeSpan.FromSeconds(10),
            Scenario.BetweenGreetings),
        new(
            "token-expired-42001",
            "One call in five is answered 42001: the token has expired before its time.",
            "drops the token, fetches one for all waiting calls together, and repeats each call once.",
            stage =>
            {
                stage.Arm(new FaultRule { Kind = FaultKind.ErrorCode, ErrorCode = 42001, Pattern = "externalcontact/*", Probability = 0.2 });
                return stage.CustomersComeAsync(3);
            }),
        new(
            "ip-60020",
            "The caller's address is taken off the app's trusted list, and put back half way.",
            "pauses that app, names the address WeCom saw in health, probes now and then, and goes on when it is put back.",
            stage => HalfwayAsync(stage, stage.App.AddressTrusted, value => stage.App.AddressTrusted = value)),
        new(
            "api-48002",
            "The app is taken off the list of those that may call the customer API, and put back half way.",
            "pauses that app, names the console page in health, probes now and then, and goes on when it is put back.",
            stage => HalfwayAsync(stage, stage.App.CustomerApiAllowed, value => stage.App.CustomerApiAllowed = value)),
        new(
            "wrong-secret",
            "The app's secret is reset in the console and its token ends; gettoken answers 40001, and bans the address when it is tried too often.",
            "calls gettoken five times an hour at most, names the wrong secret in health, and is never banned (45009).",
            async stage =>
            {
                stage.AtTheEnd(stage.Simulator.LiftLimits);
                stage.Set(stage.App.Secret, "reset in the console", stage.App.ChangeSecret);
                stage.Simulator.RevokeToken(stage.App);
                await stage.CustomersComeAsync(1).ConfigureAwait(false);
            }),
    ];

    private static async Task HalfwayAsync(ScenarioStage stage, bool before, Action<bool> set)
    {
        stage.Set(before, false, set);
        await stage.CustomersComeAsync(1).ConfigureAwait(false);
        set(before);
        await stage.CustomersComeAsync(1).ConfigureAwait(false);
    }
}
