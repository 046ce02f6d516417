namespace WecomBridge.Contracts;

/// <summary>Known words of <c>wborigin</c>.</summary>
public static class Origins
{
    /// <summary>WeCom called back.</summary>
    public const string Callback = "callback";

    /// <summary>Made by the bridge as the consequence of another event.</summary>
    public const string Derived = "derived";

    /// <summary>Found by comparing with WeCom.</summary>
    public const string Reconcile = "reconcile";

    /// <summary>Made good by an operator.</summary>
    public const string Repair = "repair";

    /// <summary>Published again.</summary>
    public const string Replay = "replay";
}
