namespace WecomBridge.Broker;

/// <summary>Instants at which a crash hurts most; fault tests end the process at them.</summary>
internal enum CrashPoint
{
    /// <summary>The broker has the event, WeCom has no answer.</summary>
    AfterConfirm,

    /// <summary>The spool has the event, WeCom has no answer.</summary>
    AfterSpool,

    /// <summary>The broker has a spooled message, the spool still holds it.</summary>
    AfterRelayConfirm,

    /// <summary>WeCom has the greeting, the ledger does not say so.</summary>
    AfterSendWelcome,

    /// <summary>WeCom has the tags, the ledger does not say so.</summary>
    AfterMarkTag,
}

/// <summary>Ends the process, as kill -9 would, at the point named by <c>WECOMBRIDGE_CRASH_AT</c>; does nothing without it.</summary>
internal sealed class CrashPoints
{
    /// <summary>The environment variable that names a point; set by fault tests only.</summary>
    public const string Variable = "WECOMBRIDGE_CRASH_AT";

    private readonly CrashPoint? _point = Enum.TryParse<CrashPoint>(Environment.GetEnvironmentVariable(Variable), out var point) ? point : null;

    /// <summary>Ends the process here, when this is the point.</summary>
    public void At(CrashPoint point)
    {
        if (_point != point) return;
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        self.Kill();
    }
}
