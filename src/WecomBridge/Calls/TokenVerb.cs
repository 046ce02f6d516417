using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;
using WecomBridge.Operations;
using WecomBridge.State;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Calls;

/// <summary><c>token status</c>: what State knows of each app's access token; never the token.</summary>
internal static class TokenVerb
{
    /// <summary>How long the platform lets every token live.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromHours(2);

    public static Command Create(Option<string[]> config) => new("token", "Access tokens of the apps.") { Status(config) };

    private static Command Status(Option<string[]> config)
    {
        var json = new Option<bool>("--json") { Description = "As JSON, for programs." };
        var command = new Command("status", "Shows of each app whether there is a token, its age, the time it has left, and what WeCom last refused; never the token, and without asking WeCom. Exit codes: 0; 2 when settings or State cannot be used.") { json };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) => VerbService.RunAsync(parsed, config, "The tokens cannot be looked at", _ => { }, async services =>
        {
            var state = services.GetRequiredService<IStateDatabase>();
            await StateMigrator.RequireKnownAsync(state, cancellationToken);
            var rows = await ReadAsync(services.GetRequiredService<IOptions<WecomOptions>>().Value, state, services.GetRequiredService<TimeProvider>().GetUtcNow(), cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(json) ? VerbOutput.Json(rows) : AsTable(rows));
            return 0;
        }));
        return command;
    }

    /// <summary>One row for each app that has a secret, and for each that has none.</summary>
    internal static async Task<IReadOnlyList<TokenRow>> ReadAsync(WecomOptions options, IStateDatabase state, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = new List<TokenRow>();
        foreach (var (corp, corpOptions) in options.Corps)
        {
            foreach (var (app, appOptions) in corpOptions.Apps)
            {
                if (string.IsNullOrEmpty(appOptions.Secret))
                {
                    rows.Add(new TokenRow(corp, app, "no secret", null, null, null, null, null, null));
                    continue;
                }

                var entry = await state.ReadAsync(session => TokenStore.FindAsync(session, corp, app), cancellationToken);
                rows.Add(Row(new WecomApp(corp, app, corpOptions.CorpId, SecretText.Resolve(appOptions.Secret)), entry, now));
            }
        }

        return rows;
    }

    private static TokenRow Row(WecomApp app, AccessTokenEntry entry, DateTimeOffset now)
    {
        TimeSpan? left = entry.Token is { } token && token.ExpiresAt > now ? token.ExpiresAt - now : null;
        var status = entry.Token is null ? "none" : entry.Fingerprint != app.Fingerprint ? "of another secret" : left is null ? "expired" : "valid";
        var age = left is { } rest && rest <= Life ? Life - rest : (TimeSpan?)null;
        var refusal = entry.Refusal is { } refused && refused.Fingerprint == app.Fingerprint ? refused : null;
        var failure = refusal is null ? null : $"{refusal.ErrorCode}: {WecomErrorCodes.Find(refusal.ErrorCode).Meaning} ({refusal.Count} in a row)";
        return new TokenRow(app.Corp, app.App, status, Seconds(age), Seconds(left), entry.Token?.Generation, failure, refusal?.Until > now ? refusal.Until : null, entry.LeasedUntil > now ? entry.LeasedUntil : null);
    }

    private static long? Seconds(TimeSpan? time) => time is { } known ? (long)known.TotalSeconds : null;

    private static string AsTable(IReadOnlyList<TokenRow> rows) => VerbOutput.Table(
        ["CORP", "APP", "TOKEN", "AGE", "LEFT", "GENERATION", "LAST REFUSAL", "NOT ASKED BEFORE", "BEING FETCHED UNTIL"],
        [.. rows.Select(row => (string[])[row.Corp, row.App, row.Token, Clock(row.AgeSeconds), Clock(row.LeftSeconds), row.Generation?.ToString(CultureInfo.InvariantCulture) ?? "", row.LastRefusal ?? "", At(row.NotAskedBefore), At(row.FetchedUntil)])],
        none: "No app is configured.");

    private static string Clock(long? seconds) => seconds is { } known ? TimeSpan.FromSeconds(known).ToString("c", CultureInfo.InvariantCulture) : "";

    private static string At(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";
}

/// <summary>What is known of one app's token.</summary>
/// <param name="Corp">Configured name of the corp.</param>
/// <param name="App">Configured name of the app.</param>
/// <param name="Token"><c>valid</c>, <c>expired</c>, <c>none</c>, <c>of another secret</c> or <c>no secret</c>.</param>
/// <param name="AgeSeconds">Reckoned from the platform's two hours; null when there is no valid one.</param>
/// <param name="LeftSeconds">Null when there is no valid one.</param>
/// <param name="Generation">Counts the tokens of the app.</param>
/// <param name="LastRefusal">Code and meaning of the refusal since the last token.</param>
/// <param name="NotAskedBefore">Until when no instance asks again.</param>
/// <param name="FetchedUntil">Until when an instance has the right to fetch the next one.</param>
internal sealed record TokenRow(
    string Corp, string App, string Token, long? AgeSeconds, long? LeftSeconds, long? Generation, string? LastRefusal, DateTimeOffset? NotAskedBefore, DateTimeOffset? FetchedUntil);
