namespace WecomBridge.Operations;

/// <summary>A finding and the check it is of.</summary>
internal sealed record CheckedFinding(string Check, Finding Finding);

/// <summary>Runs checks one after the other, each with a limit, and prints what they found.</summary>
internal static class DoctorRun
{
    private static readonly TimeSpan CheckWithin = TimeSpan.FromSeconds(30);

    /// <summary>The findings of all checks.</summary>
    public static async Task<IReadOnlyList<CheckedFinding>> RunAsync(IEnumerable<IDoctorCheck> checks, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = new List<CheckedFinding>();
        foreach (var check in checks)
        {
            using var limit = new CancellationTokenSource(CheckWithin, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                found.AddRange((await check.RunAsync(either.Token)).Select(finding => new CheckedFinding(check.Name, finding)));
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                // Whatever one check meets must not keep the others from looking; its text may hold what is private.
                var why = limit.IsCancellationRequested ? $"gave no result within {CheckWithin.TotalSeconds:0} s" : $"ended with {failure.GetType().Name}";
                found.Add(new CheckedFinding(check.Name, Finding.Fault("", $"The check {why}.", "See whether what it asks is up; then run doctor again.")));
            }
        }

        return found;
    }

    /// <summary>Prints and gives the exit code.</summary>
    public static async Task<int> PrintAsync(TextWriter output, IReadOnlyList<CheckedFinding> found, bool asJson)
    {
        await output.WriteLineAsync(asJson ? AsJson(found) : AsTable(found));
        return found.Any(one => one.Finding.Level == FindingLevel.Fault) ? Verbs.Found : 0;
    }

    private static string AsJson(IReadOnlyList<CheckedFinding> found) => VerbOutput.Json(found.Select(one => new
    {
        one.Check, one.Finding.Subject, Level = Word(one.Finding.Level), one.Finding.Text, one.Finding.Remedy,
    }));

    private static string AsTable(IReadOnlyList<CheckedFinding> found)
    {
        var (faults, warnings) = (Count(FindingLevel.Fault), Count(FindingLevel.Warning));
        var table = VerbOutput.Table(
            ["", "CHECK", "OF", "FINDING"],
            [.. found.Select(one => (string[])[Word(one.Finding.Level), one.Check, one.Finding.Subject, $"{one.Finding.Text} {one.Finding.Remedy}".TrimEnd()])],
            none: "Nothing was looked at.");
        return $"{table}{Environment.NewLine}{(faults + warnings == 0 ? "All well." : $"{faults} to mend, {warnings} to look at.")}";

        int Count(FindingLevel level) => found.Count(one => one.Finding.Level == level);
    }

    private static string Word(FindingLevel level) => level switch
    {
        FindingLevel.Well => "ok",
        FindingLevel.Warning => "warning",
        FindingLevel.Fault => "fault",
        _ => "skipped",
    };
}
