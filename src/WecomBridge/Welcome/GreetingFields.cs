namespace WecomBridge.Welcome;

/// <summary>The fields of a greeting's text. Names are not known without a call, which a greeting does not wait for.</summary>
internal static class GreetingFields
{
    /// <summary>Every field there is.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Example { get; } = Of("zhangsan", "wmEXAMPLE", "store-7");

    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Of(SendWelcome command) => Of(command.UserId, command.ExternalUserId, command.State);

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Of(string userId, string externalUserId, string? state) => new(StringComparer.Ordinal)
    {
        ["staff"] = new Dictionary<string, string> { ["userId"] = userId, ["name"] = "" },
        ["customer"] = new Dictionary<string, string> { ["externalUserId"] = externalUserId, ["name"] = "" },
        ["channel"] = new Dictionary<string, string> { ["state"] = state ?? "" },
    };
}
