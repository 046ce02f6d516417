namespace WecomBridge.Operations;

/// <summary>How a finding is to be taken.</summary>
internal enum FindingLevel
{
    /// <summary>In order.</summary>
    Well,

    /// <summary>Works, and may not be what is wanted.</summary>
    Warning,

    /// <summary>Must be mended.</summary>
    Fault,

    /// <summary>Could not be looked at because of another fault.</summary>
    Skipped,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject">Of what: an app, a queue, a file; empty for the whole.</param>
/// <param name="Level">How it is.</param>
/// <param name="Text">One sentence; nothing private.</param>
/// <param name="Remedy">What to do, one sentence; null when nothing is to be done.</param>
internal sealed record Finding(string Subject, FindingLevel Level, string Text, string? Remedy = null)
{
    public static Finding Well(string subject, string text) => new(subject, FindingLevel.Well, text);

    public static Finding Fault(string subject, string text, string? remedy) => new(subject, FindingLevel.Fault, text, remedy);

    public static Finding Warning(string subject, string text, string? remedy) => new(subject, FindingLevel.Warning, text, remedy);

    public static Finding Skipped(string subject, string text) => new(subject, FindingLevel.Skipped, text);
}

/// <summary>One part of the chain that <c>doctor</c> walks. Every registered one is run, in the order of registration; it changes nothing anywhere.</summary>
internal interface IDoctorCheck
{
    /// <summary>One word, such as <c>broker</c>.</summary>
    string Name { get; }

    /// <summary><c>config check --online</c> runs it too.</summary>
    bool IsOfSettings { get; }

    /// <summary>Looks. What cannot be reached is a finding, not an exception.</summary>
    Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken);
}

/// <summary>What an administrator asked <c>doctor</c> for.</summary>
/// <param name="Url">Address by which WeCom reaches the service; null: the service's own.</param>
internal sealed record DoctorRequest(Uri? Url);
