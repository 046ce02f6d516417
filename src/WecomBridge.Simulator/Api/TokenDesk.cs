using System.Net;
using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>Access tokens: one per app at a time, valid 7200 s of the platform's clock (api.md 1.1).</summary>
internal sealed class TokenDesk(SimulatedWecom wecom, SimulatorOptions options, SeededIds ids)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(7200);
    private static readonly TimeSpan Ban = TimeSpan.FromHours(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Token> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<SimulatedApp, Token> _current = [];
    private readonly Dictionary<IPAddress, (int Wrong, DateTimeOffset BannedUntil)> _addresses = [];
    private readonly Dictionary<SimulatedApp, RateWindow> _rates = [];

    /// <summary>Answers <c>gettoken</c>; within its life the same token is given again.</summary>
    public (JsonObject Answer, SimulatedCorp? Corp, SimulatedApp? App) Issue(TokenCall call)
    {
        var (corpId, secret) = ((string?)call.Query["corpid"], (string?)call.Query["corpsecret"]);
        if (string.IsNullOrEmpty(corpId)) return (Failed(41002), null, null);
        if (string.IsNullOrEmpty(secret)) return (Failed(41004), null, null);
        lock (_lock)
        {
            var now = options.TimeProvider.GetUtcNow();
            var (wrong, bannedUntil) = _addresses.GetValueOrDefault(call.Address);
            if (bannedUntil > now) return (Failed(45009), null, null);
            if (wecom.Corps.FirstOrDefault(c => c.CorpId == corpId) is not { } corp) return (Failed(40013), null, null);
            if (corp.Apps.FirstOrDefault(a => a.Secret == secret) is not { } app)
            {
                var banned = ++wrong > options.Limits.WrongSecrets;
                _addresses[call.Address] = banned ? (0, now + Ban) : (wrong, default);
                return (banned ? Failed(45009) : Failed(40001), corp, null);
            }

            if (!Rate(app).Enter(now, options.Limits, int.MaxValue, options.Limits.TokensPerHour)) return (Failed(45009), corp, app);
            var token = Current(corp, app, now);
            var answer = Answer.Ok();
            answer["access_token"] = token.Value;
            answer["expires_in"] = (int)(token.ExpiresAt - now).TotalSeconds;
            return (answer, corp, app);
        }
    }

    /// <summary>The corp and app a token speaks for, or the code for why it does not.</summary>
    public (SimulatedCorp? Corp, SimulatedApp? App, int Code) Check(string? value)
    {
        if (string.IsNullOrEmpty(value)) return (null, null, 41001);
        lock (_lock)
        {
            if (!_tokens.TryGetValue(value, out var token)) return (null, null, 40014);
            if (token.Revoked) return (token.Corp, token.App, 40014);
            return (token.Corp, token.App, token.ExpiresAt <= options.TimeProvider.GetUtcNow() ? 42001 : 0);
        }
    }

    /// <summary>Ends a token early: its calls get 40014 and the next <c>gettoken</c> a new one.</summary>
    public void Revoke(string value)
    {
        lock (_lock)
        {
            if (!_tokens.TryGetValue(value, out var token)) return;
            token.Revoked = true;
        }
    }

    /// <summary>Lifts bans and spent budgets.</summary>
    public void Pardon()
    {
        lock (_lock)
        {
            _addresses.Clear();
            _rates.Clear();
        }
    }

    /// <summary>Ends the present token of an app.</summary>
    public void Revoke(SimulatedApp app)
    {
        lock (_lock)
        {
            if (_current.TryGetValue(app, out var token)) token.Revoked = true;
        }
    }

    private Token Current(SimulatedCorp corp, SimulatedApp app, DateTimeOffset now)
    {
        if (_current.TryGetValue(app, out var current) && !current.Revoked && current.ExpiresAt > now) return current;
        var token = new Token(ids.Id("", 64), corp, app, now + Life);
        _tokens[token.Value] = token;
        return _current[app] = token;
    }

    private RateWindow Rate(SimulatedApp app)
    {
        if (!_rates.TryGetValue(app, out var window)) _rates[app] = window = new RateWindow();
        return window;
    }

    private static JsonObject Failed(int code)
    {
        var answer = Answer.Error(code);
        answer["access_token"] = "";
        answer["expires_in"] = 0;
        return answer;
    }

    private sealed record Token(string Value, SimulatedCorp Corp, SimulatedApp App, DateTimeOffset ExpiresAt)
    {
        public bool Revoked { get; set; }
    }
}
