namespace WecomBridge.Wecom.Api;

/// <summary>What a caller may do after a call failed; the platform's several hundred error codes come down to these.</summary>
public enum WecomFailure
{
    /// <summary>Network, HTTP 5xx, an unreadable answer or "system busy": the same call may work a little later.</summary>
    Transient,

    /// <summary>A frequency limit is spent (45009): the call may work when the window turns, a minute or an hour later.</summary>
    Throttled,

    /// <summary>Somebody else is writing the same record (45035, 6000): the call may work at once, one writer at a time.</summary>
    Conflict,

    /// <summary>The app as a whole is refused, even with a fresh token: secret, permission, address list. An administrator must act.</summary>
    Denied,

    /// <summary>The platform understood this one call and said no; repeating it unchanged is useless.</summary>
    Rejected,

    /// <summary>What the call is about is no longer there (84061, 40068): nothing is left to do.</summary>
    Gone,

    /// <summary>A permission that was good for a short time or once has lapsed (welcome code, 41050 and 41051).</summary>
    Expired,
}
