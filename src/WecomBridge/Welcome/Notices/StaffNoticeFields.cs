using System.Globalization;
using WecomBridge.State;

namespace WecomBridge.Welcome;

/// <summary>The fields of a staff notice. Where several customers are told of in one, customer and channel are those of the latest.</summary>
internal static class StaffNoticeFields
{
    /// <summary>Every field there is.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Example { get; } =
        Of([new StaffNotice(new RelationKey("acme", "zhangsan", "wmEXAMPLE"), "store-7", "expired", default)]);

    /// <param name="notices">At least one.</param>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Of(IReadOnlyList<StaffNotice> notices) =>
        new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal)
        {
            ["staff"] = new Dictionary<string, string> { ["userId"] = notices[^1].Key.UserId },
            ["customer"] = new Dictionary<string, string> { ["externalUserId"] = notices[^1].Key.ExternalUserId },
            ["channel"] = new Dictionary<string, string> { ["state"] = notices[^1].ChannelState ?? "" },
            ["missed"] = new Dictionary<string, string>
            {
                ["count"] = notices.Count.ToString(CultureInfo.InvariantCulture),
                ["reason"] = string.Join(", ", notices.Select(notice => notice.Reason).Distinct().Order(StringComparer.Ordinal)),
            },
        };
}
