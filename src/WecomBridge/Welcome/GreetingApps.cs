using WecomBridge.Callbacks;

namespace WecomBridge.Welcome;

/// <summary>Which apps of a corp can call WeCom: those with a secret. The others only receive callbacks.</summary>
internal static class GreetingApps
{
    /// <summary>Names in a fixed order.</summary>
    public static IReadOnlyList<string> Of(WecomOptions options, string corp) =>
        [.. (options.Corps.GetValueOrDefault(corp)?.Apps ?? []).Where(app => app.Value.Secret is { Length: > 0 }).Select(app => app.Key).Order(StringComparer.Ordinal)];

    /// <summary>An app other than this one can call.</summary>
    public static bool HasAnother(WecomOptions options, string corp, string app) => Of(options, corp).Any(other => other != app);
}
