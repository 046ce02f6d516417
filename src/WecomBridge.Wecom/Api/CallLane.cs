namespace WecomBridge.Wecom.Api;

/// <summary>How urgent a call is. Where an API's budget is short, an earlier lane goes first, and a part is kept for it.</summary>
public enum CallLane
{
    /// <summary>Greetings and what they need: lost after 20 seconds.</summary>
    Welcome,

    /// <summary>Somebody waits for the answer.</summary>
    Interactive,

    /// <summary>What events made due.</summary>
    Sync,

    /// <summary>Sweeps, uploads ahead of time, statistics.</summary>
    Bulk,
}
