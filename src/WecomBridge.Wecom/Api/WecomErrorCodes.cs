using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Net;

namespace WecomBridge.Wecom.Api;

/// <summary>One documented error code.</summary>
/// <param name="Failure">What a caller may do next.</param>
/// <param name="Meaning">The platform's meaning in a few words.</param>
/// <param name="Remedy">What an administrator can do, one sentence; pages of WeCom's admin console by their Chinese names.</param>
public readonly record struct WecomErrorInfo(WecomFailure Failure, string Meaning, string Remedy);

/// <summary>The platform's global error codes (developer page 90313) and the reaction to each.</summary>
/// <remarks>
/// <see cref="WecomFailure.Denied"/> is kept for what refuses a whole app; a refusal that concerns one member, customer or quota is
/// <see cref="WecomFailure.Rejected"/>, so that one member without a licence does not stop everybody else's work.
/// What depends on the moment is the caller's to know: 84061 right after an add is not yet final.
/// </remarks>
public static class WecomErrorCodes
{
    /// <summary>System busy.</summary>
    public const int SystemBusy = -1;

    /// <summary>Success.</summary>
    public const int Ok = 0;

    /// <summary>Invalid secret; repeating it gets the caller's address banned for about an hour.</summary>
    public const int InvalidSecret = 40001;

    /// <summary>Invalid corp id.</summary>
    public const int InvalidCorpId = 40013;

    /// <summary>Invalid access token.</summary>
    public const int InvalidAccessToken = 40014;

    /// <summary>Access token expired, possibly before its stated life.</summary>
    public const int AccessTokenExpired = 42001;

    /// <summary>Suite access token expired.</summary>
    public const int SuiteAccessTokenExpired = 42009;

    /// <summary>Tag or tag group id missing or unknown: it was deleted meanwhile.</summary>
    public const int UnknownTag = 40068;

    /// <summary>A tag of this name exists in the group.</summary>
    public const int TagNameExists = 40071;

    /// <summary>Invalid external user id: of another subject, or no follower visible to the app is left.</summary>
    public const int InvalidExternalUserId = 40096;

    /// <summary>The customer group was dissolved.</summary>
    public const int GroupDissolved = 49008;

    /// <summary>Welcome code missing.</summary>
    public const int WelcomeCodeMissing = 41049;

    /// <summary>Welcome code invalid or older than 20 seconds.</summary>
    public const int WelcomeCodeExpired = 41050;

    /// <summary>Customer and member already chat, or a welcome has been delivered.</summary>
    public const int AlreadyChatting = 41051;

    /// <summary>The customer has not agreed to message archiving.</summary>
    public const int ArchiveConsentMissing = 41053;

    /// <summary>Another app is sending a welcome for this code.</summary>
    public const int WelcomeBeingSent = 41096;

    /// <summary>API frequency exceeded.</summary>
    public const int FrequencyExceeded = 45009;

    /// <summary>Too many calls of this API at once for the corp.</summary>
    public const int ConcurrencyExceeded = 45033;

    /// <summary>Parallel writes on the same customer or tag.</summary>
    public const int WriteConflict = 45035;

    /// <summary>Page cursor invalid: start again from the first page.</summary>
    public const int InvalidCursor = 50100;

    /// <summary>The calling address is not among the app's trusted ones.</summary>
    public const int UntrustedAddress = 60020;

    /// <summary>No relation between member and customer.</summary>
    public const int NoRelation = 84061;

    private static readonly SearchValues<char> AddressChars = SearchValues.Create("0123456789abcdefABCDEF:.");

    private static readonly FrozenDictionary<int, WecomErrorInfo> Table = WecomErrorTable.Build();

    /// <summary>Every documented code but 0.</summary>
    public static IReadOnlyDictionary<int, WecomErrorInfo> All => Table;

    /// <summary>The reaction to a code; <see cref="WecomFailure.Rejected"/> for one that is not documented.</summary>
    public static WecomFailure FailureOf(int errorCode) => Find(errorCode).Failure;

    /// <summary>Reaction, meaning and remedy of a code; one that is not documented is <see cref="WecomFailure.Rejected"/>, never retried.</summary>
    public static WecomErrorInfo Find(int errorCode) =>
        Table.TryGetValue(errorCode, out var info) ? info : new WecomErrorInfo(WecomFailure.Rejected, "undocumented error", Undocumented(errorCode));

    /// <summary>A fresh token may mend this one.</summary>
    public static bool IsTokenFailure(int errorCode) => errorCode is InvalidAccessToken or AccessTokenExpired or SuiteAccessTokenExpired;

    /// <summary>A remedy whose settings keys name the corp and app that it is about.</summary>
    public static string RemedyFor(string remedy, string corp, string app)
    {
        ArgumentNullException.ThrowIfNull(remedy);
        return remedy.Replace("<corp>", corp, StringComparison.Ordinal).Replace("<app>", app, StringComparison.Ordinal);
    }

    /// <summary>What an administrator can do about a code, one sentence.</summary>
    /// <param name="errorCode">Null when no readable answer came.</param>
    /// <param name="platformText">The platform's own text, which names details such as the calling address (<c>from ip: …</c>).</param>
    public static string RemedyOf(int? errorCode, string? platformText) => errorCode switch
    {
        null => "Check the network, the proxy and the name resolution between this machine and WeCom: no readable answer came from there.",
        UntrustedAddress when AddressIn(platformText) is { } address => $"Add {address} to the app's trusted addresses in WeCom's admin console (应用管理 → the app → 企业可信IP); it takes effect after about a minute.",
        { } code => Find(code).Remedy,
    };

    private static string Undocumented(int errorCode) =>
        string.Create(CultureInfo.InvariantCulture, $"Look the code up at https://open.work.weixin.qq.com/devtool/query?e={errorCode} and mend what it names: it is not among those documented here.");

    /// <summary>The address WeCom saw the call come from; null when the text names none.</summary>
    private static IPAddress? AddressIn(string? platformText)
    {
        const string mark = "from ip:";
        if (platformText is null || platformText.IndexOf(mark, StringComparison.OrdinalIgnoreCase) is not (>= 0 and var at)) return null;
        var rest = platformText.AsSpan(at + mark.Length).TrimStart();
        var length = rest.IndexOfAnyExcept(AddressChars);
        return IPAddress.TryParse((length < 0 ? rest : rest[..length]).TrimEnd('.'), out var address) ? address : null;
    }
}
