using WecomBridge.Callbacks;
using WecomBridge.Calls;
using WecomBridge.State;
using WecomBridge.Tests.State;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Calls;

public sealed class TokenVerbTests
{
    private const string Value = "the-token-itself";
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    private static readonly WecomOptions Options = new()
    {
        Corps = new() { ["acme"] = new() { CorpId = "ww1", Apps = new() { ["contact"] = new() { Secret = "secret" }, ["deaf"] = new() } } },
    };

    [Fact]
    public async Task A_token_is_shown_by_age_and_time_left_and_never_itself()
    {
        await using var state = await StateFile.CreateAsync();
        await StoreAsync(state, "secret", Now + TimeSpan.FromMinutes(90));

        var rows = await TokenVerb.ReadAsync(Options, state, Now, TestContext.Current.CancellationToken);

        rows.ShouldBe([new TokenRow("acme", "contact", "valid", 1800, 5400, 1, null, null, null), new TokenRow("acme", "deaf", "no secret", null, null, null, null, null, null)]);
        string.Join(' ', rows).ShouldNotContain(Value);
    }

    [Theory]
    [InlineData("secret", -1, "expired")]
    [InlineData("another", 60, "of another secret")]
    public async Task A_token_that_is_of_no_use_says_why(string secret, int minutesLeft, string status)
    {
        await using var state = await StateFile.CreateAsync();
        await StoreAsync(state, secret, Now + TimeSpan.FromMinutes(minutesLeft));

        (await TokenVerb.ReadAsync(Options, state, Now, TestContext.Current.CancellationToken))[0].Token.ShouldBe(status);
    }

    [Fact]
    public async Task A_refusal_is_shown_with_its_code_and_its_end()
    {
        await using var state = await StateFile.CreateAsync();
        var until = Now + TimeSpan.FromMinutes(5);
        await state.WriteAsync(session => TokenStore.TryLeaseAsync(session, "acme", "contact", "me", Now, Now.AddSeconds(10)));
        await state.WriteAsync(async session =>
        {
            await TokenStore.ReleaseAsync(session, "acme", "contact", "me", new AccessTokenRefusal(App("secret").Fingerprint, WecomErrorCodes.InvalidSecret, 2, until));
            return true;
        });

        var row = (await TokenVerb.ReadAsync(Options, state, Now, TestContext.Current.CancellationToken))[0];

        (row.Token, row.NotAskedBefore).ShouldBe(("none", until));
        row.LastRefusal.ShouldNotBeNull().ShouldStartWith("40001: ");
        row.LastRefusal.ShouldEndWith("(2 in a row)");
    }

    private static Task<bool> StoreAsync(StateFile state, string secret, DateTimeOffset until) =>
        state.WriteAsync(session => TokenStore.TryReplaceAsync(session, "acme", "contact", 0, new AccessToken(Value, until, 1), App(secret).Fingerprint));

    private static WecomApp App(string secret) => new("acme", "contact", "ww1", secret);
}
