namespace WecomBridge.Callbacks;

/// <summary>The corps and apps this service works for. Section <c>Wecom</c>.</summary>
internal sealed class WecomOptions
{
    public const string Section = "Wecom";

    /// <summary>The platform's address. Default <c>https://qyapi.weixin.qq.com/</c>; plain http only for loopback addresses.</summary>
    public Uri ApiBaseUrl { get; set; } = new("https://qyapi.weixin.qq.com/");

    /// <summary>Longest one call to the platform may take, answer included. Default 5 s, 0.1–60 s.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What the platform takes of each API from one corp.</summary>
    public LimitOptions Limits { get; set; } = new();

    /// <summary>Corps by name (<c>[a-z0-9_-]{1,32}</c>: a word of the routing key). Default: none.</summary>
    public Dictionary<string, CorpOptions> Corps { get; set; } = [];

    /// <summary>The app through which an event's work is done: the event's own, or another of its corp when that one only receives callbacks.</summary>
    public string WorkingApp(string corp, string app) => Corps.GetValueOrDefault(corp) is { } options ? options.CallingApp(app) ?? options.CallingApp() ?? app : app;

    /// <summary>The corp's and app's settings; null when either is not configured.</summary>
    public (CorpOptions Corp, AppOptions App)? Find(string corp, string app) =>
        Corps.GetValueOrDefault(corp) is { } corpOptions && corpOptions.Apps.GetValueOrDefault(app) is { } appOptions ? (corpOptions, appOptions) : null;
}

/// <summary>How often one API may be called for one corp, all its apps and all instances together.</summary>
internal sealed class LimitOptions
{
    /// <summary>Calls the platform takes in a minute. Default 10,000, 1–1,000,000.</summary>
    public int PerMinute { get; set; } = 10_000;

    /// <summary>Calls the platform takes in an hour. Default 150,000, 1–10,000,000.</summary>
    public int PerHour { get; set; } = 150_000;

    /// <summary>Part of both that is used; the rest is for whatever else calls for the corp. Default 0.9, 0.01–1.</summary>
    public double UsedShare { get; set; } = 0.9;
}

/// <summary>One corp.</summary>
internal sealed class CorpOptions
{
    /// <summary>The platform's id of the corp. Required.</summary>
    public string CorpId { get; set; } = "";

    /// <summary>Time zone in which hours and days of rules are meant. Default <c>Asia/Shanghai</c>.</summary>
    public string TimeZone { get; set; } = "Asia/Shanghai";

    /// <summary>Apps by name (<c>[a-z0-9_-]{1,32}</c>: a part of the callback address). At least one.</summary>
    public Dictionary<string, AppOptions> Apps { get; set; } = [];

    /// <summary>The app of that name, or the first in the order of names, that can make calls; null when there is none.</summary>
    public string? CallingApp(string? wanted = null) =>
        Apps.Where(app => !string.IsNullOrEmpty(app.Value.Secret) && (wanted is null || app.Key == wanted)).Select(app => app.Key).Order(StringComparer.Ordinal).FirstOrDefault();
}

/// <summary>One app of a corp.</summary>
internal sealed class AppOptions
{
    /// <summary>The platform's number of the app. Default: none; needed only to send messages to staff.</summary>
    public int? AgentId { get; set; }

    /// <summary>The app's secret, as <c>env:NAME</c> or <c>file:PATH</c>. Default: none, the app only receives callbacks.</summary>
    public string? Secret { get; set; }

    /// <summary>What callbacks are addressed to. Default: the CorpId; a suite's id for a suite, empty for a smart bot.</summary>
    public string? ReceiverId { get; set; }

    /// <summary>Live callback keys, 1–4; two during a rotation.</summary>
    public List<KeyOptions> Keys { get; set; } = [];
}

/// <summary>One pair of callback keys.</summary>
internal sealed class KeyOptions
{
    /// <summary>Token of the signature, as <c>env:NAME</c> or <c>file:PATH</c>. Required.</summary>
    public string Token { get; set; } = "";

    /// <summary>Key of the encryption, 43 characters, as <c>env:NAME</c> or <c>file:PATH</c>. Required.</summary>
    public string EncodingAesKey { get; set; } = "";
}
