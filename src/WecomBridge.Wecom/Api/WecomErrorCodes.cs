using System.Collections.Frozen;

namespace WecomBridge.Wecom.Api;

/// <summary>One documented error code.</summary>
/// <param name="Failure">What a caller may do next.</param>
/// <param name="Meaning">The platform's meaning in a few words.</param>
public readonly record struct WecomErrorInfo(WecomFailure Failure, string Meaning);

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

    private static readonly FrozenDictionary<int, WecomErrorInfo> Table = Build();

    /// <summary>Every documented code but 0.</summary>
    public static IReadOnlyDictionary<int, WecomErrorInfo> All => Table;

    /// <summary>The reaction to a code; <see cref="WecomFailure.Rejected"/> for one that is not documented.</summary>
    public static WecomFailure FailureOf(int errorCode) => Find(errorCode).Failure;

    /// <summary>Reaction and meaning of a code; one that is not documented is <see cref="WecomFailure.Rejected"/>, never retried.</summary>
    public static WecomErrorInfo Find(int errorCode) =>
        Table.TryGetValue(errorCode, out var info) ? info : new WecomErrorInfo(WecomFailure.Rejected, "undocumented error");

    /// <summary>A fresh token may mend this one.</summary>
    public static bool IsTokenFailure(int errorCode) => errorCode is InvalidAccessToken or AccessTokenExpired or SuiteAccessTokenExpired;

    /// <summary>What an administrator can do about a code, one sentence.</summary>
    /// <param name="errorCode">Null when no readable answer came.</param>
    /// <param name="platformText">The platform's own text, which names details such as the calling address.</param>
    public static string RemedyOf(int? errorCode, string? platformText) => errorCode switch
    {
        InvalidSecret => "Set the app's secret anew, from the app's page in WeCom's console.",
        InvalidCorpId => "Correct the corp's CorpId.",
        UntrustedAddress => "Add this machine's outgoing address to the app's trusted addresses in WeCom's console.",
        _ => "Look the code up in WeCom's error list, mend the cause (secret, permission, data), then retry the work.",
    };

    private static FrozenDictionary<int, WecomErrorInfo> Build()
    {
        var table = new Dictionary<int, WecomErrorInfo>();
        AddCredentials(table);
        AddParameters(table);
        AddRates(table);
        AddContacts(table);
        AddLicencesAndUploads(table);
        return table.ToFrozenDictionary();
    }

    private static void Add(Dictionary<int, WecomErrorInfo> table, WecomFailure failure, int code, string meaning) =>
        table.Add(code, new WecomErrorInfo(failure, meaning));

    private static void AddRange(Dictionary<int, WecomErrorInfo> table, WecomFailure failure, int first, int last, string meaning)
    {
        for (var code = first; code <= last; code++) table.TryAdd(code, new WecomErrorInfo(failure, meaning));
    }

    private static void AddCredentials(Dictionary<int, WecomErrorInfo> table)
    {
        Add(table, WecomFailure.Transient, SystemBusy, "system busy");
        Add(table, WecomFailure.Conflict, 6000, "data version conflict");
        Add(table, WecomFailure.Denied, InvalidSecret, "invalid secret");
        Add(table, WecomFailure.Denied, InvalidCorpId, "invalid corp id");
        Add(table, WecomFailure.Denied, InvalidAccessToken, "invalid access token");
        Add(table, WecomFailure.Denied, AccessTokenExpired, "access token expired");
        Add(table, WecomFailure.Denied, SuiteAccessTokenExpired, "suite access token expired");
        Add(table, WecomFailure.Denied, 42007, "pre-authorisation code expired");
        Add(table, WecomFailure.Denied, 40082, "invalid suite token");
        Add(table, WecomFailure.Denied, 40083, "invalid suite id");
        Add(table, WecomFailure.Denied, 40084, "invalid permanent code");
        Add(table, WecomFailure.Denied, 40085, "invalid suite ticket");
        Add(table, WecomFailure.Denied, 40091, "invalid secret, possibly of another corp");
        Add(table, WecomFailure.Rejected, 41001, "access token missing");
        Add(table, WecomFailure.Rejected, 41002, "corp id missing");
        Add(table, WecomFailure.Rejected, 41004, "secret missing");
        Add(table, WecomFailure.Rejected, 41011, "agent id missing");
        Add(table, WecomFailure.Denied, 43009, "corp not verified");
        Add(table, WecomFailure.Denied, 45031, "secret too weak, to be reset");
        Add(table, WecomFailure.Denied, 48001, "API function not authorised");
        Add(table, WecomFailure.Denied, 48002, "no permission for this API");
        Add(table, WecomFailure.Rejected, 48003, "wrong suite id for this token");
        Add(table, WecomFailure.Denied, 48004, "authorisation invalid or cancelled");
        Add(table, WecomFailure.Rejected, 48005, "API deprecated");
        Add(table, WecomFailure.Denied, 48006, "API right withdrawn after long inactivity");
        Add(table, WecomFailure.Denied, 48007, "customer-service account not authorised");
        Add(table, WecomFailure.Denied, 48008, "contacts-sync token restricted");
        Add(table, WecomFailure.Denied, 48009, "this address may not read member details");
        Add(table, WecomFailure.Denied, 50001, "redirect domain not trusted");
        Add(table, WecomFailure.Denied, 80001, "script domain not trusted");
        Add(table, WecomFailure.Rejected, 50002, "member outside the permission range");
        Add(table, WecomFailure.Denied, 50003, "app disabled");
        Add(table, WecomFailure.Rejected, 60011, "no right on member, department or tag");
        Add(table, WecomFailure.Denied, UntrustedAddress, "calling address not trusted");
        Add(table, WecomFailure.Rejected, 60021, "member outside the app's visible range");
        Add(table, WecomFailure.Gone, 60111, "member does not exist");
        Add(table, WecomFailure.Rejected, 92000, "member outside the range");
        Add(table, WecomFailure.Rejected, 92002, "call crosses corps");
        Add(table, WecomFailure.Rejected, 92003, "call crosses apps");
        Add(table, WecomFailure.Rejected, 301002, "no right on this agent id");
        Add(table, WecomFailure.Denied, 301007, "corp unavailable");
        Add(table, WecomFailure.Denied, 301042, "calling address not on the white list");
        Add(table, WecomFailure.Denied, 670001, "app not shared in the upstream or downstream range");
    }

    private static void AddParameters(Dictionary<int, WecomErrorInfo> table)
    {
        Add(table, WecomFailure.Rejected, 40003, "invalid member id");
        Add(table, WecomFailure.Rejected, 40007, "invalid media id");
        Add(table, WecomFailure.Rejected, 40008, "invalid message type");
        Add(table, WecomFailure.Rejected, 40031, "invalid member list");
        Add(table, WecomFailure.Rejected, 40032, "invalid length of member list");
        Add(table, WecomFailure.Rejected, 40033, "invalid characters");
        Add(table, WecomFailure.Rejected, 40035, "invalid parameter");
        Add(table, WecomFailure.Rejected, 40039, "address too long");
        Add(table, WecomFailure.Rejected, 40056, "invalid agent id");
        Add(table, WecomFailure.Denied, 40057, "callback address invalid or unverified");
        Add(table, WecomFailure.Rejected, 40058, "invalid parameter");
        Add(table, WecomFailure.Rejected, 40063, "parameter empty");
        Add(table, WecomFailure.Rejected, 40066, "invalid department list");
        Add(table, WecomFailure.Gone, UnknownTag, "tag or tag group unknown");
        Add(table, WecomFailure.Rejected, 40070, "all tag range nodes invalid");
        Add(table, WecomFailure.Conflict, TagNameExists, "tag name exists");
        Add(table, WecomFailure.Rejected, 40072, "invalid length of tag name");
        Add(table, WecomFailure.Rejected, 40094, "invalid address");
        Add(table, WecomFailure.Rejected, 41006, "media id missing");
        Add(table, WecomFailure.Rejected, 41009, "member id missing");
        Add(table, WecomFailure.Rejected, 41035, "external user id missing");
        Add(table, WecomFailure.Rejected, 41064, "too many attachments");
        Add(table, WecomFailure.Rejected, 41065, "bad attachment type");
        Add(table, WecomFailure.Rejected, 41072, "attachment uploaded for another scene");
        Add(table, WecomFailure.Rejected, 41080, "attachment size out of bounds");
        Add(table, WecomFailure.Rejected, 41081, "attachment resolution out of bounds");
        Add(table, WecomFailure.Rejected, 41082, "attachment duration out of bounds");
        Add(table, WecomFailure.Rejected, 41090, "unsupported video format");
        Add(table, WecomFailure.Rejected, 44001, "empty media");
        Add(table, WecomFailure.Rejected, 44004, "text empty");
        Add(table, WecomFailure.Rejected, 45001, "media too large");
        Add(table, WecomFailure.Rejected, 45002, "message too large");
        Add(table, WecomFailure.Rejected, 45007, "voice too long");
        Add(table, WecomFailure.Rejected, 45008, "too many articles");
        Add(table, WecomFailure.Rejected, 45029, "reply too large");
        Add(table, WecomFailure.Rejected, 45034, "address lacks its scheme");
        Add(table, WecomFailure.Gone, 46004, "member does not exist");
        // The listing must begin again at its first page: the same call later, not the same cursor.
        Add(table, WecomFailure.Transient, InvalidCursor, "page cursor invalid");
        Add(table, WecomFailure.Gone, 60136, "record does not exist");
        Add(table, WecomFailure.Rejected, 81011, "no right on this tag");
        Add(table, WecomFailure.Rejected, 81012, "no recipient given");
        Add(table, WecomFailure.Rejected, 82001, "all recipients empty");
        Add(table, WecomFailure.Rejected, 81013, "all recipients invalid or not permitted");
        Add(table, WecomFailure.Rejected, 81017, "too many in the request");
        Add(table, WecomFailure.Rejected, 85002, "improper words");
        Add(table, WecomFailure.Rejected, 600018, "bad start or end time");
    }

    private static void AddRates(Dictionary<int, WecomErrorInfo> table)
    {
        Add(table, WecomFailure.Throttled, FrequencyExceeded, "API frequency exceeded");
        Add(table, WecomFailure.Transient, ConcurrencyExceeded, "concurrency exceeded");
        Add(table, WecomFailure.Conflict, WriteConflict, "parallel writes on one record");
        Add(table, WecomFailure.Transient, 41078, "too many moment jobs");
        Add(table, WecomFailure.Transient, 41079, "moment is being dispatched");
        Add(table, WecomFailure.Transient, 41063, "mass message is being dispatched");
        Add(table, WecomFailure.Throttled, 41094, "reminded too often");
        Add(table, WecomFailure.Transient, 301022, "internal failure of check-in or approval");
        Add(table, WecomFailure.Transient, 301026, "internal failure of check-in or approval");
        Add(table, WecomFailure.Transient, 301057, "internal failure of check-in or approval");
        Add(table, WecomFailure.Transient, 301064, "internal failure of check-in or approval");
        Add(table, WecomFailure.Transient, 90304, "order centre busy");
    }

    private static void AddContacts(Dictionary<int, WecomErrorInfo> table)
    {
        Add(table, WecomFailure.Gone, InvalidExternalUserId, "invalid external user id");
        Add(table, WecomFailure.Gone, NoRelation, "no external-contact relation");
        Add(table, WecomFailure.Rejected, 84074, "no external-contact right");
        Add(table, WecomFailure.Gone, 84083, "not a service person");
        Add(table, WecomFailure.Gone, 84084, "not a follower");
        Add(table, WecomFailure.Rejected, 40098, "member's real name not verified");
        Add(table, WecomFailure.Rejected, 41054, "member not activated");
        Add(table, WecomFailure.Rejected, 40099, "customer limit of the taker reached");
        Add(table, WecomFailure.Rejected, 40097, "member has not resigned");
        Add(table, WecomFailure.Gone, 40100, "already being transferred");
        Add(table, WecomFailure.Gone, 40129, "already being transferred");
        Add(table, WecomFailure.Rejected, 40128, "transferred twice within 90 days");
        Add(table, WecomFailure.Rejected, 40130, "taker and handover are the same");
        Add(table, WecomFailure.Gone, 40131, "handover member does not follow this customer");
        Add(table, WecomFailure.Rejected, 40126, "too many corp tags");
        Add(table, WecomFailure.Rejected, 40201, "blocked by anti-spam");
        Add(table, WecomFailure.Rejected, 41036, "corp short name not certified");
        Add(table, WecomFailure.Rejected, 41037, "contact way type missing");
        Add(table, WecomFailure.Rejected, 41038, "contact way scene missing");
        Add(table, WecomFailure.Rejected, 41039, "bad contact way type");
        Add(table, WecomFailure.Rejected, 41040, "bad contact way scene");
        Add(table, WecomFailure.Rejected, 41041, "too many persons on the contact way");
        Add(table, WecomFailure.Rejected, 41042, "bad contact way style");
        Add(table, WecomFailure.Rejected, 41043, "contact way id missing");
        Add(table, WecomFailure.Rejected, 41044, "contact way id invalid");
        Add(table, WecomFailure.Rejected, 41045, "contact way quota reached");
        Add(table, WecomFailure.Rejected, 41046, "mass message id missing");
        Add(table, WecomFailure.Rejected, 41047, "mass message id invalid");
        Add(table, WecomFailure.Gone, 41048, "no customer to send to");
        Add(table, WecomFailure.Rejected, WelcomeCodeMissing, "welcome code missing");
        Add(table, WecomFailure.Expired, WelcomeCodeExpired, "welcome code invalid or expired");
        Add(table, WecomFailure.Expired, AlreadyChatting, "already chatting, or a welcome was delivered");
        Add(table, WecomFailure.Rejected, 41052, "invalid send time");
        // Another callback with a code of its own follows once the customer agrees; this code is spent.
        Add(table, WecomFailure.Expired, ArchiveConsentMissing, "customer has not agreed to archiving");
        Add(table, WecomFailure.Rejected, 41055, "too many group welcome templates");
        Add(table, WecomFailure.Rejected, 41056, "wrong kind of external user id");
        Add(table, WecomFailure.Rejected, 41057, "no WeChat developer account bound");
        Add(table, WecomFailure.Rejected, 41058, "not the owner of this template");
        Add(table, WecomFailure.Rejected, 41059, "moment id missing");
        Add(table, WecomFailure.Rejected, 41060, "moment id invalid");
        Add(table, WecomFailure.Rejected, 41061, "moment of another member");
        Add(table, WecomFailure.Rejected, 41062, "moment not yet published");
        Add(table, WecomFailure.Rejected, 41067, "moment of the wrong type");
        Add(table, WecomFailure.Rejected, 41091, "too many groups on the join way");
        Add(table, WecomFailure.Gone, 41093, "mass message cancelled");
        Add(table, WecomFailure.Rejected, 41095, "too many acquisition links");
        Add(table, WecomFailure.Conflict, WelcomeBeingSent, "a welcome for this code is being sent by another app");
        Add(table, WecomFailure.Gone, 49008, "group dissolved");
        AddRange(table, WecomFailure.Gone, 90500, 90504, "group cannot be transferred");
        AddRange(table, WecomFailure.Gone, 90507, 90509, "group cannot be transferred");
        Add(table, WecomFailure.Gone, 90510, "no active user within a year");
        Add(table, WecomFailure.Gone, 90511, "group id of the mini program unknown");
        AddRange(table, WecomFailure.Rejected, 86001, 86008, "app group chat error");
        Add(table, WecomFailure.Rejected, 86101, "app group chat error");
        AddRange(table, WecomFailure.Rejected, 86201, 86224, "app group chat error");
        AddRange(table, WecomFailure.Rejected, 95000, 95019, "customer service refused the call");
    }

    private static void AddLicencesAndUploads(Dictionary<int, WecomErrorInfo> table)
    {
        AddRange(table, WecomFailure.Rejected, 701001, 701090, "licence order or activation refused");
        Add(table, WecomFailure.Rejected, 701099, "member has no valid licence");
        Add(table, WecomFailure.Denied, 301052, "archive service expired");
        Add(table, WecomFailure.Denied, 301053, "archive service not enabled");
        Add(table, WecomFailure.Denied, 301055, "no right on approval data");
        Add(table, WecomFailure.Denied, 301056, "approval app stopped");
        Add(table, WecomFailure.Rejected, 40093, "script signature wrong");
        Add(table, WecomFailure.Rejected, 42012, "script ticket unusable");
        Add(table, WecomFailure.Rejected, 830001, "bad address for upload");
        Add(table, WecomFailure.Rejected, 830002, "file or range too large for upload");
        Add(table, WecomFailure.Rejected, 830003, "download for upload failed");
        Add(table, WecomFailure.Rejected, 40123, "damaged image");
    }
}
